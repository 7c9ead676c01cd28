-- A CHECK that lists some of the parents.
-- parent: kinds
CREATE TABLE kinds (code text PRIMARY KEY);
INSERT INTO kinds VALUES ('car'), ('bus'), ('tram');
CREATE TABLE stops (id serial PRIMARY KEY, kind text NOT NULL REFERENCES kinds, CHECK (kind IN ('bus', 'tram')));
