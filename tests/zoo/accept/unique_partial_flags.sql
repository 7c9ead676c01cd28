-- Flags of which a parent has one at most, among rows not deleted, and where a function says so.
CREATE FUNCTION is_open(state text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN state <> 'closed'; END $$;
CREATE TABLE owners (id serial PRIMARY KEY);
CREATE TABLE cards (id serial PRIMARY KEY, owner integer NOT NULL REFERENCES owners, is_default boolean NOT NULL DEFAULT false, deleted_at timestamptz, last4 char(4) NOT NULL);
CREATE UNIQUE INDEX ON cards (owner) WHERE is_default AND deleted_at IS NULL;
CREATE UNIQUE INDEX ON cards (owner, last4) WHERE deleted_at IS NULL;
CREATE TABLE tickets (id serial PRIMARY KEY, owner integer NOT NULL REFERENCES owners, state text NOT NULL CHECK (state IN ('new', 'held', 'closed')));
CREATE UNIQUE INDEX ON tickets (owner) WHERE is_open(state);
CREATE TABLE domains (id serial PRIMARY KEY, host text NOT NULL, removed_at timestamp);
CREATE UNIQUE INDEX ON domains (lower(host)) WHERE removed_at IS NULL;
CREATE TABLE rounds (id serial PRIMARY KEY, owner integer NOT NULL REFERENCES owners, number integer NOT NULL, finished boolean NOT NULL, UNIQUE (owner, number));
CREATE UNIQUE INDEX ON rounds (owner) WHERE NOT finished;
