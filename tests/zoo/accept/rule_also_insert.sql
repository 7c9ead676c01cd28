-- A rule that copies rows elsewhere.
-- free: facts_copy
CREATE TABLE facts (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE facts_copy (id integer, name text);
CREATE RULE copied AS ON INSERT TO facts DO ALSO INSERT INTO facts_copy VALUES (NEW.id, NEW.name);
