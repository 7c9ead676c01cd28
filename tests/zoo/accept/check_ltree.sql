-- A label path of a depth.
-- extension: ltree
CREATE EXTENSION ltree;
CREATE TABLE trees (id serial PRIMARY KEY, path ltree NOT NULL CHECK (nlevel(path) >= 1));
