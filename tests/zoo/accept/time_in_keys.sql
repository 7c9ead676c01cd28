-- Moments that a key counts, and that still come after the row's parents.
CREATE TABLE customers (id serial PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE items (id serial PRIMARY KEY, label text NOT NULL, added_on date NOT NULL);
CREATE TABLE rentals (id serial PRIMARY KEY, rented_at timestamptz NOT NULL, item_id integer NOT NULL REFERENCES items, customer_id integer NOT NULL REFERENCES customers, returned_at timestamptz, UNIQUE (rented_at, item_id, customer_id));
CREATE TABLE visits (customer_id integer NOT NULL REFERENCES customers, day date NOT NULL, pages integer NOT NULL CHECK (pages > 0), PRIMARY KEY (customer_id, day));
CREATE TABLE rates (customer_id integer NOT NULL REFERENCES customers, start_date date NOT NULL, end_date date, rate numeric(5,2) NOT NULL, PRIMARY KEY (customer_id, start_date), CHECK (end_date IS NULL OR end_date >= start_date));
CREATE TABLE logins (at timestamp(0) PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers);
CREATE FUNCTION after_customer() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE born timestamptz; BEGIN SELECT created_at INTO born FROM customers WHERE id = NEW.customer_id; IF (to_jsonb(NEW) ->> TG_ARGV[0])::date < born::date THEN RAISE EXCEPTION 'before the customer came'; END IF; RETURN NEW; END $$;
CREATE TRIGGER t BEFORE INSERT ON rentals FOR EACH ROW EXECUTE FUNCTION after_customer('rented_at');
CREATE TRIGGER t BEFORE INSERT ON visits FOR EACH ROW EXECUTE FUNCTION after_customer('day');
CREATE TRIGGER t BEFORE INSERT ON rates FOR EACH ROW EXECUTE FUNCTION after_customer('start_date');
CREATE TRIGGER t BEFORE INSERT ON logins FOR EACH ROW EXECUTE FUNCTION after_customer('at');
