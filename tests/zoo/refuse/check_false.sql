-- A CHECK that nothing satisfies; a table that must refer to it can hold nothing either.
-- unsatisfiable: base = never
-- unsatisfiable: leaf = leaf_base_fkey, leaf.base NOT NULL, never of public.base
-- fills: twig
CREATE TABLE base (id serial PRIMARY KEY, CONSTRAINT never CHECK (false));
CREATE TABLE leaf (id serial PRIMARY KEY, base integer NOT NULL REFERENCES base);
CREATE TABLE twig (id serial PRIMARY KEY, base integer REFERENCES base);
