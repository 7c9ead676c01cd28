-- Chains whose middle may be missing.
CREATE TABLE steps (id serial PRIMARY KEY, a integer CHECK (a >= 0), b integer, c integer CHECK (c <= 9), CHECK (a < b), CHECK (b < c), CHECK (a < c));
CREATE TABLE grades (id serial PRIMARY KEY, pass smallint NOT NULL, merit smallint, distinction smallint, CHECK (pass BETWEEN 0 AND 100), CHECK (merit > pass AND merit <= 100), CHECK (distinction > COALESCE(merit, pass) AND distinction <= 100));
CREATE TABLE visits (id serial PRIMARY KEY, created_at timestamp NOT NULL, started_at timestamp, finished_at timestamp, CHECK (started_at IS NULL OR started_at >= created_at), CHECK (finished_at IS NULL OR (started_at IS NOT NULL AND finished_at >= started_at)));
