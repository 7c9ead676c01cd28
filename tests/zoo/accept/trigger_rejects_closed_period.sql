-- Entries may not lie in a closed period; when it ended stands in another table.
CREATE TABLE closings (id serial PRIMARY KEY, ended_on date NOT NULL);
CREATE TABLE entries (id serial PRIMARY KEY, entered_on date NOT NULL, amount numeric(10, 2) NOT NULL, closing integer REFERENCES closings);
CREATE FUNCTION period_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last date;
BEGIN
    SELECT max(ended_on) INTO last FROM closings;
    IF NEW.entered_on <= last THEN RAISE EXCEPTION 'period closed on %', last; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER period_open BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION period_open();
