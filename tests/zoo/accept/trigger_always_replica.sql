-- A trigger that fires always, and one that fires on a replica alone.
CREATE TABLE quiet (id serial PRIMARY KEY, name text NOT NULL, seen boolean CHECK (seen));
CREATE FUNCTION mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.seen := true; RETURN NEW; END $$;
CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never'; END $$;
CREATE TRIGGER mark BEFORE INSERT ON quiet FOR EACH ROW EXECUTE FUNCTION mark();
CREATE TRIGGER no BEFORE INSERT ON quiet FOR EACH ROW EXECUTE FUNCTION never();
ALTER TABLE quiet ENABLE ALWAYS TRIGGER mark;
ALTER TABLE quiet ENABLE REPLICA TRIGGER no;
