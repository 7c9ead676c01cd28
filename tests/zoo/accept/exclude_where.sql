-- No overlap among those that aren't cancelled.
-- extension: btree_gist
CREATE EXTENSION btree_gist;
CREATE TABLE visits (id serial PRIMARY KEY, doctor integer NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, cancelled boolean NOT NULL,
    CHECK (ends_at > starts_at), EXCLUDE USING gist (doctor WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (NOT cancelled));
