-- Conditions on arrays.
CREATE TABLE lists (id serial PRIMARY KEY, tags text[] NOT NULL CHECK (cardinality(tags) > 0), few integer[] NOT NULL CHECK (array_length(few, 1) <= 3),
    words text[] NOT NULL CHECK (NOT ('' = ANY (words))), subset text[] NOT NULL CHECK (subset <@ ARRAY['a', 'b', 'c']));
