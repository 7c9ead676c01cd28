-- A trigger refuses every row; other tables are filled all the same.
-- gap: sealed
CREATE TABLE sealed (id serial PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'this table is sealed'; END $$;
CREATE TRIGGER seal BEFORE INSERT ON sealed FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TABLE open (id serial PRIMARY KEY, name text NOT NULL);
