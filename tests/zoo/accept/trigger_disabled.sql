-- A disabled trigger stays disabled and doesn't fire.
CREATE TABLE quiet (id serial PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never'; END $$;
CREATE TRIGGER no BEFORE INSERT ON quiet FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE quiet DISABLE TRIGGER no;
