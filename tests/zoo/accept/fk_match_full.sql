-- MATCH FULL: all of the columns or none.
CREATE TABLE cells (x integer, y integer, PRIMARY KEY (x, y));
CREATE TABLE markers (id serial PRIMARY KEY, x integer, y integer, FOREIGN KEY (x, y) REFERENCES cells MATCH FULL);
