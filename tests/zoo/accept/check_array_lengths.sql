-- Lengths of arrays, alone and beside others.
CREATE TABLE series (id serial PRIMARY KEY,
    a integer[] NOT NULL CHECK (coalesce(array_length(a, 1), 0) > 0),
    b integer[] NOT NULL CHECK (array_ndims(b) = 1),
    x integer[] NOT NULL, y text[] NOT NULL, CHECK (cardinality(x) = cardinality(y)),
    amount integer NOT NULL CHECK (amount >= 0), items text[] NOT NULL CHECK (cardinality(items) = amount),
    none text[] NOT NULL DEFAULT '{}' CHECK (none = '{}'),
    pair double precision[] CHECK (pair IS NULL OR array_length(pair, 1) = 2),
    joined text[] NOT NULL CHECK (length(array_to_string(joined, ',')) <= 200),
    odd integer[] NOT NULL CHECK (cardinality(odd) IN (2, 4)),
    kept integer[] NOT NULL UNIQUE CHECK (cardinality(kept) = 2 AND kept <@ ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
