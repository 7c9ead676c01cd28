-- Three shares that make a hundred.
CREATE TABLE mixes (id serial PRIMARY KEY, a integer NOT NULL CHECK (a >= 0), b integer NOT NULL CHECK (b >= 0), c integer NOT NULL CHECK (c >= 0), CHECK (a + b + c = 100));
