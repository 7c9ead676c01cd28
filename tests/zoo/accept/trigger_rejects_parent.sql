-- Rows may only refer to parents in a certain state.
CREATE TABLE accounts (id serial PRIMARY KEY, name text NOT NULL, closed boolean NOT NULL DEFAULT false, kind text NOT NULL CHECK (kind IN ('asset', 'income', 'equity')));
CREATE TABLE entries (id serial PRIMARY KEY, account integer NOT NULL REFERENCES accounts, amount numeric(10, 2) NOT NULL);
CREATE FUNCTION is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM accounts a WHERE a.id = NEW.account AND NOT a.closed AND a.kind = 'asset';
    IF NOT FOUND THEN RAISE EXCEPTION 'account % takes no entries', NEW.account; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER is_open BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION is_open();
