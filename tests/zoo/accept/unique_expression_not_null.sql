-- One row with a version and one without, by a condition as the only part of a key; or one of each for every parent.
-- rows: versions=2, releases=2, bounds=2
CREATE TABLE versions (name text NOT NULL, version text);
CREATE UNIQUE INDEX ON versions ((version IS NOT NULL));
CREATE TABLE releases (id serial PRIMARY KEY, shipped date);
CREATE UNIQUE INDEX ON releases ((shipped IS NULL));
CREATE TABLE bounds (id serial PRIMARY KEY, level integer NOT NULL);
CREATE UNIQUE INDEX ON bounds ((level > 10));
CREATE TABLE projects (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE plans (id serial PRIMARY KEY, project_id uuid NOT NULL REFERENCES projects, deleted_at timestamptz);
CREATE UNIQUE INDEX ON plans (project_id, (deleted_at IS NULL));
CREATE TABLE contracts (id serial PRIMARY KEY, project_id uuid REFERENCES projects, kind text NOT NULL CHECK (kind IN ('fixed', 'open', 'hourly')), ends_on date);
CREATE UNIQUE INDEX ON contracts (project_id, kind, (ends_on IS NULL));
