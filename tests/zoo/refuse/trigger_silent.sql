-- A trigger leaves every row out without a word, and the finding names it.
-- gap: muted = hush
-- fills: plain
CREATE TABLE muted (id serial PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION drop_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER hush BEFORE INSERT ON muted FOR EACH ROW EXECUTE FUNCTION drop_row();
CREATE TABLE plain (id serial PRIMARY KEY, name text NOT NULL);
