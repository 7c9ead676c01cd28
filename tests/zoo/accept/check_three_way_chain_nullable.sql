-- Four moments in order, most of them optional.
CREATE TABLE runs (id serial PRIMARY KEY, queued_at timestamptz NOT NULL, started_at timestamptz, finished_at timestamptz, archived_at timestamptz,
    CHECK (started_at >= queued_at), CHECK (finished_at >= started_at), CHECK (archived_at > finished_at), CHECK (archived_at > queued_at));
