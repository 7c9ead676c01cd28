-- Unlogged tables and storage options.
CREATE UNLOGGED TABLE sessions (id uuid PRIMARY KEY, data bytea NOT NULL) WITH (fillfactor = 70);
CREATE UNLOGGED TABLE session_events (session uuid NOT NULL REFERENCES sessions, at timestamptz NOT NULL);
