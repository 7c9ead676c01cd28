-- A composite reference whose columns stand in another order than the key's.
CREATE TABLE grid (a integer, b integer, c integer, PRIMARY KEY (a, b, c));
CREATE TABLE dots (id serial PRIMARY KEY, x integer NOT NULL, y integer NOT NULL, z integer NOT NULL,
    FOREIGN KEY (z, x, y) REFERENCES grid (c, a, b));
