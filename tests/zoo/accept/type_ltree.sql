-- ltree, unique, and its queries.
-- extension: ltree
CREATE EXTENSION ltree;
CREATE TABLE categories (id serial PRIMARY KEY, path ltree NOT NULL UNIQUE, filter lquery NOT NULL);
