-- A table that the role may not read is a gap with a name.
-- role: zoo_writer
-- gap: hidden
CREATE TABLE hidden (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE shown (id serial PRIMARY KEY, name text NOT NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON shown TO zoo_writer;
GRANT ALL ON SEQUENCE shown_id_seq TO zoo_writer;
