-- A transfer is in the currency of both its accounts, a fee in that of its account, and a parcel goes to its order's buyer.
CREATE TABLE accounts (id serial PRIMARY KEY, currency char(3) NOT NULL CHECK (currency IN ('EUR', 'USD', 'GBP')));
CREATE TABLE transfers (id serial PRIMARY KEY, debit_account_id integer NOT NULL REFERENCES accounts, credit_account_id integer NOT NULL REFERENCES accounts, currency char(3) NOT NULL, amount bigint NOT NULL CHECK (amount > 0));
CREATE FUNCTION one_currency() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE d accounts%ROWTYPE; c accounts%ROWTYPE; BEGIN
    SELECT * INTO STRICT d FROM accounts WHERE id = NEW.debit_account_id FOR UPDATE;
    SELECT * INTO STRICT c FROM accounts WHERE id = NEW.credit_account_id FOR UPDATE;
    IF d.currency <> NEW.currency OR c.currency <> NEW.currency THEN RAISE EXCEPTION 'currencies differ: %, %, %', d.currency, c.currency, NEW.currency; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER one_currency BEFORE INSERT OR UPDATE ON transfers FOR EACH ROW EXECUTE FUNCTION one_currency();
CREATE TABLE charges (id serial PRIMARY KEY, account_id integer NOT NULL REFERENCES accounts, unit_of_money char(3) NOT NULL CHECK (unit_of_money IN ('EUR', 'USD', 'GBP')), cents integer NOT NULL);
CREATE FUNCTION charged_in() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE cur text; BEGIN
    SELECT a.currency INTO cur FROM accounts AS a WHERE a.id = NEW.account_id;
    IF cur IS DISTINCT FROM NEW.unit_of_money THEN RAISE EXCEPTION 'charged in %', cur; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER charged_in BEFORE INSERT ON charges FOR EACH ROW EXECUTE FUNCTION charged_in();
CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id serial PRIMARY KEY, bought_by integer NOT NULL REFERENCES people, placed_on date NOT NULL);
CREATE TABLE parcels (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, sent_to integer NOT NULL REFERENCES people);
CREATE FUNCTION to_buyer() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE b integer; BEGIN
    SELECT bought_by INTO b FROM orders WHERE id = NEW.order_id;
    IF b IS NULL OR b <> NEW.sent_to THEN RAISE EXCEPTION 'parcels go to the buyer'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER to_buyer BEFORE INSERT ON parcels FOR EACH ROW EXECUTE FUNCTION to_buyer();
