-- Text that must differ whatever its case.
CREATE TABLE pairs (id serial PRIMARY KEY, a text NOT NULL, b text NOT NULL, CHECK (lower(a) <> lower(b)));
