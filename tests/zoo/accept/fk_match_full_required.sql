-- MATCH FULL where one of the columns is required.
CREATE TABLE cells (x integer, y integer, PRIMARY KEY (x, y));
CREATE TABLE markers (id serial PRIMARY KEY, x integer NOT NULL, y integer, FOREIGN KEY (x, y) REFERENCES cells MATCH FULL);
