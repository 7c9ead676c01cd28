-- One root a tree.
CREATE TABLE forests (id serial PRIMARY KEY);
CREATE TABLE trees (id serial PRIMARY KEY, forest integer NOT NULL REFERENCES forests, parent integer REFERENCES trees);
CREATE UNIQUE INDEX ON trees (forest) WHERE parent IS NULL;
