-- A sum that may not exceed a bound.
CREATE TABLE splits (id serial PRIMARY KEY, a integer NOT NULL CHECK (a >= 0), b integer NOT NULL CHECK (b >= 0), CHECK (a + b <= 100));
