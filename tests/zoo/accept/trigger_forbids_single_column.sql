-- A trigger forbids every row of a table whose only column has a default.
-- gap: never, nothing
CREATE TABLE never (id integer PRIMARY KEY DEFAULT 7);
CREATE TABLE nothing (note text DEFAULT 'x');
CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never'; END $$;
CREATE TRIGGER forbid BEFORE INSERT ON never FOR EACH ROW EXECUTE FUNCTION forbid();
CREATE TRIGGER forbid BEFORE INSERT ON nothing FOR EACH ROW EXECUTE FUNCTION forbid();
