-- A licence lasts ten years to the day, and its number begins as its kind does: both are said by a trigger alone.
CREATE TABLE licences (id serial PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('A', 'B', 'C')), number text NOT NULL, issued_on date NOT NULL, expires_on date NOT NULL, active boolean NOT NULL DEFAULT true);
CREATE FUNCTION ten_years() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.expires_on <> (NEW.issued_on + interval '10 years')::date THEN
        RAISE EXCEPTION 'licences last ten years';
    END IF;
    IF NEW.number NOT LIKE NEW.kind || '/%' THEN
        RAISE EXCEPTION 'number % of another kind', NEW.number;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ten_years BEFORE INSERT OR UPDATE ON licences FOR EACH ROW EXECUTE FUNCTION ten_years();
