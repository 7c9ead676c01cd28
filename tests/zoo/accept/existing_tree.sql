-- A tree that holds some rows already.
-- parent: units
CREATE TABLE units (id serial PRIMARY KEY, parent integer REFERENCES units, name text NOT NULL);
INSERT INTO units (parent, name) VALUES (NULL, 'all'), (1, 'north'), (1, 'south'), (2, 'coast');
CREATE TABLE staff (id serial PRIMARY KEY, unit integer NOT NULL REFERENCES units);
