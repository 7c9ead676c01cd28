-- Unique where NULL counts as a value of its own.
CREATE TABLE folders (id serial PRIMARY KEY, parent integer REFERENCES folders, name text NOT NULL);
CREATE UNIQUE INDEX ON folders (coalesce(parent, 0), name);
