-- Positions within a parent.
CREATE TABLE lists (id serial PRIMARY KEY);
CREATE TABLE entries (id serial PRIMARY KEY, list integer NOT NULL REFERENCES lists, position integer NOT NULL CHECK (position >= 0), UNIQUE (list, position));
