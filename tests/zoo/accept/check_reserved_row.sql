-- A CHECK tells only of a reserved row, known by its sequence's value: rows take branches without regard to that value.
CREATE TABLE artist_types (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE areas (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE artists (
  id serial PRIMARY KEY, name text NOT NULL, type integer REFERENCES artist_types, area integer REFERENCES areas, gender text, born smallint,
  CONSTRAINT various CHECK (id <> 1 OR (type = 3 AND gender IS NULL AND area IS NULL AND born IS NULL)),
  CONSTRAINT group_without_gender CHECK ((gender IS NULL AND type IN (2, 5, 6)) OR type NOT IN (2, 5, 6) OR type IS NULL));
CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE, system boolean NOT NULL DEFAULT false,
  CONSTRAINT anonymous CHECK (id NOT IN (1, 2) OR (email IS NULL AND system)), CONSTRAINT reachable CHECK (id < 3 OR email IS NOT NULL));
CREATE TABLE settings (id integer PRIMARY KEY, name text NOT NULL, value text, CHECK (id <> 5 OR value = 'default'));
