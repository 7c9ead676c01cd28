-- Two parents of one table that are of one currency and, both, still open; wallets tell a customer's currencies apart.
CREATE TABLE customers (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE accounts (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, currency char(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'), is_frozen boolean NOT NULL DEFAULT false, closed_at timestamptz, UNIQUE (customer_id, currency));
CREATE TABLE transfers (id serial PRIMARY KEY, from_account integer NOT NULL REFERENCES accounts, to_account integer NOT NULL REFERENCES accounts, amount numeric(12, 2) NOT NULL CHECK (amount > 0), CHECK (from_account <> to_account));
CREATE FUNCTION both_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE a accounts%ROWTYPE; b accounts%ROWTYPE;
BEGIN
  SELECT * INTO STRICT a FROM accounts WHERE id = NEW.from_account FOR UPDATE;
  SELECT * INTO STRICT b FROM accounts WHERE id = NEW.to_account FOR UPDATE;
  IF a.currency <> b.currency THEN RAISE EXCEPTION 'from % to %', a.currency, b.currency; END IF;
  IF a.closed_at IS NOT NULL OR b.closed_at IS NOT NULL THEN RAISE EXCEPTION 'an account is closed'; END IF;
  IF a.is_frozen OR b.is_frozen THEN RAISE EXCEPTION 'an account is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER both_open BEFORE INSERT ON transfers FOR EACH ROW EXECUTE FUNCTION both_open();
