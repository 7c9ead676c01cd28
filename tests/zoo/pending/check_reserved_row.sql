-- A CHECK tells only of a reserved row, known by its sequence's value: rows take branches without regard to that value.
CREATE TABLE artist_types (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE areas (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE artists (
  id serial PRIMARY KEY, name text NOT NULL, type integer REFERENCES artist_types, area integer REFERENCES areas, gender text, born smallint,
  CONSTRAINT various CHECK (id <> 1 OR (type = 3 AND gender IS NULL AND area IS NULL AND born IS NULL)),
  CONSTRAINT group_without_gender CHECK ((gender IS NULL AND type IN (2, 5, 6)) OR type NOT IN (2, 5, 6) OR type IS NULL));
