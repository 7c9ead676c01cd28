-- A trigger refuses every row, and the finding names it.
-- gap: sealed = seal
-- fills: plain
CREATE TABLE sealed (id serial PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'closed for good'; END $$;
CREATE TRIGGER seal BEFORE INSERT ON sealed FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TABLE plain (id serial PRIMARY KEY, name text NOT NULL);
