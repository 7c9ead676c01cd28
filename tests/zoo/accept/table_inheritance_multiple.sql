-- A child of two parents that share a column.
CREATE TABLE named (name text NOT NULL);
CREATE TABLE dated (name text NOT NULL, made date NOT NULL);
CREATE TABLE medals (id serial PRIMARY KEY) INHERITS (named, dated);
