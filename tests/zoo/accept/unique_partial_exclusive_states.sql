-- Two partial keys on the same parent, for two states.
CREATE TABLE repos (id serial PRIMARY KEY);
CREATE TABLE releases (id serial PRIMARY KEY, repo integer NOT NULL REFERENCES repos, state text NOT NULL CHECK (state IN ('latest', 'draft', 'old')));
CREATE UNIQUE INDEX ON releases (repo) WHERE state = 'latest';
CREATE UNIQUE INDEX ON releases (repo) WHERE state = 'draft';
