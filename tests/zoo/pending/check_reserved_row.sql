-- CHECKs that tell only of a reserved row, known by its key: all others are free.
CREATE TABLE artist_types (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE areas (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE artists (
  id serial PRIMARY KEY, name text NOT NULL, type integer REFERENCES artist_types, area integer REFERENCES areas, gender text, born smallint,
  CONSTRAINT various CHECK (id <> 1 OR (type = 3 AND gender IS NULL AND area IS NULL AND born IS NULL)),
  CONSTRAINT group_without_gender CHECK ((gender IS NULL AND type IN (2, 5, 6)) OR type NOT IN (2, 5, 6) OR type IS NULL));
-- The reserved row is one of many, and an identity makes its key.
CREATE TABLE accounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent_id bigint REFERENCES accounts, title text NOT NULL,
  CONSTRAINT root CHECK (id <> 1 OR parent_id IS NULL), CONSTRAINT not_root CHECK (id = 1 OR parent_id IS NOT NULL OR title = 'loose'));
-- Nobody makes the key but the rows themselves.
CREATE TABLE roles (id integer PRIMARY KEY, name text NOT NULL, locked boolean NOT NULL DEFAULT false, CHECK (id > 3 OR locked), CHECK (id <> 0 OR name = 'system'));
