-- Columns that must differ or be equal.
CREATE TABLE moves (id serial PRIMARY KEY, source text NOT NULL, target text NOT NULL, CHECK (source <> target),
    a integer NOT NULL, b integer NOT NULL, CHECK (a = b), x smallint, y smallint, CHECK (x IS DISTINCT FROM y));
