-- Columns that were dropped leave holes in the numbering of attributes.
CREATE TABLE people (a integer, id serial PRIMARY KEY, b text, name text NOT NULL, c date, born date NOT NULL);
ALTER TABLE people DROP COLUMN a, DROP COLUMN b, DROP COLUMN c;
ALTER TABLE people ADD COLUMN email text UNIQUE;
