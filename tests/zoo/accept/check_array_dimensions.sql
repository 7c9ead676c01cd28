-- Arrays of a fixed length and order.
CREATE TABLE vectors (id serial PRIMARY KEY, xyz real[] NOT NULL CHECK (array_length(xyz, 1) = 3), tags text[] NOT NULL CHECK (tags <> '{}'), ids integer[] NOT NULL CHECK (array_position(ids, NULL) IS NULL));
