-- A composite value as a key.
CREATE TYPE cell AS (x integer, y integer);
CREATE TABLE board (at cell PRIMARY KEY, piece text NOT NULL);
