-- A pair in either order, once.
CREATE TABLE people (id serial PRIMARY KEY);
CREATE TABLE matches (id serial PRIMARY KEY, a integer NOT NULL REFERENCES people, b integer NOT NULL REFERENCES people);
CREATE UNIQUE INDEX ON matches (least(a, b), greatest(a, b));
