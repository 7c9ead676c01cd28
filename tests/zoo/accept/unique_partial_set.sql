-- One open job of each kind, by a set of states.
CREATE TYPE job_state AS ENUM ('queued', 'running', 'done', 'failed');
CREATE TABLE jobs (id serial PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('mail', 'report', 'sync')), state job_state NOT NULL);
CREATE UNIQUE INDEX ON jobs (kind) WHERE state IN ('queued', 'running');
