-- Conditions on the elements of arrays.
CREATE DOMAIN tag AS text CHECK (VALUE ~ '^[a-z]{2,8}$');
CREATE TYPE colour AS ENUM ('red', 'green', 'blue');
CREATE TABLE lists (id serial PRIMARY KEY,
    a text[] NOT NULL CHECK (a && ARRAY['x', 'y']),
    b text[] NOT NULL CHECK (b @> ARRAY['must', 'have'] AND cardinality(b) <= 3),
    c text[] NOT NULL CHECK ('x' = ANY (c)),
    d integer[] NOT NULL CHECK (0 < ALL (d) AND 10 >= ALL (d)),
    e text[] NOT NULL CHECK (e <@ ARRAY['read', 'write', 'admin']::text[] AND cardinality(e) >= 1),
    f varchar(20)[] NOT NULL CHECK ((f)::text[] <@ ARRAY['up'::text, 'down'::text]),
    g tag[] NOT NULL CHECK (array_length(g, 1) BETWEEN 2 AND 3),
    h colour[] NOT NULL CHECK (h <@ ARRAY['red', 'blue']::colour[] AND array_position(h, NULL) IS NULL),
    i integer[] CHECK (NOT (0 = ANY (i)) AND array_position(i, NULL) IS NULL),
    j text[] NOT NULL CHECK ('bad' <> ALL (j) AND array_position(j, 'good') IS NOT NULL));
