-- Actions and defaults on references.
CREATE TABLE lists (id serial PRIMARY KEY);
CREATE TABLE items (id serial PRIMARY KEY, list integer NOT NULL DEFAULT 1 REFERENCES lists ON DELETE SET DEFAULT ON UPDATE CASCADE);
