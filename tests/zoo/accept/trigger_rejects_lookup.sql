-- A text must stand in a table that the trigger reads, without a foreign key.
-- parent: currencies
CREATE TABLE currencies (code text PRIMARY KEY);
INSERT INTO currencies VALUES ('EUR'), ('CHF'), ('XTS');
CREATE TABLE prices (id serial PRIMARY KEY, code text NOT NULL, amount numeric(10, 2) NOT NULL);
CREATE FUNCTION known_code(wanted text) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT 1 FROM public.currencies c WHERE c.code = wanted) $$;
CREATE FUNCTION check_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT known_code(NEW.code) THEN RAISE EXCEPTION 'no such currency'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER check_code BEFORE INSERT ON prices FOR EACH ROW EXECUTE FUNCTION check_code();
