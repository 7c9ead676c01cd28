-- Numbers in order, the outer ones bounded.
CREATE TABLE bands (id serial PRIMARY KEY, a smallint NOT NULL CHECK (a >= 0), b smallint NOT NULL, c smallint NOT NULL CHECK (c <= 10), CHECK (a < b), CHECK (b < c));
