-- Keys in which NULL equals NULL, over a reference, a boolean and an enum.
-- server: 15
-- rows: switches=3
-- free: marks
CREATE TABLE owners (id serial PRIMARY KEY);
CREATE TABLE switches (id serial PRIMARY KEY, state boolean, UNIQUE NULLS NOT DISTINCT (state));
CREATE TABLE notes (id serial PRIMARY KEY, owner integer REFERENCES owners, title varchar(20), UNIQUE NULLS NOT DISTINCT (owner, title));
CREATE TABLE marks (id serial PRIMARY KEY, owner integer REFERENCES owners, UNIQUE NULLS NOT DISTINCT (owner));
CREATE TABLE drafts (id serial PRIMARY KEY, slug varchar(20) NOT NULL, deleted_at timestamptz, UNIQUE NULLS NOT DISTINCT (slug, deleted_at));
