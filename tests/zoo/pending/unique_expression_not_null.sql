-- One row with a version and one without, by a condition as the only part of a key.
-- rows: versions=2, releases=2
CREATE TABLE versions (name text NOT NULL, version text);
CREATE UNIQUE INDEX ON versions ((version IS NOT NULL));
CREATE TABLE releases (id serial PRIMARY KEY, shipped date);
CREATE UNIQUE INDEX ON releases ((shipped IS NULL));
