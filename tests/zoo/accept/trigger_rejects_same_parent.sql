-- Two references to one table must differ, and a trigger alone says so.
CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE messages (id serial PRIMARY KEY, sender integer NOT NULL REFERENCES people, recipient integer NOT NULL REFERENCES people, body text NOT NULL);
CREATE FUNCTION no_self() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sender = NEW.recipient THEN RAISE EXCEPTION 'nobody writes to himself'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER no_self BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION no_self();
