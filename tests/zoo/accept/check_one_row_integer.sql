-- A table of one row, by a key that must be 1.
-- rows: config=1
CREATE TABLE config (id integer PRIMARY KEY CHECK (id = 1), owner text NOT NULL);
CREATE TABLE uses (id serial PRIMARY KEY, config integer NOT NULL REFERENCES config);
