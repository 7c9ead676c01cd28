-- Columns that differ, in order with a third.
CREATE TABLE bands (id serial PRIMARY KEY, a integer NOT NULL, b integer NOT NULL, c integer, CHECK (a <> b), CHECK (a <= c), CHECK (b <= c), CHECK (a BETWEEN 1 AND 5), CHECK (b BETWEEN 1 AND 5));
CREATE TABLE pairs (id serial PRIMARY KEY, x numeric(6,2), y numeric(6,2), CHECK (x <> y), CHECK (x + y <> 10));
