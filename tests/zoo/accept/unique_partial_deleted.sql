-- Unique among the rows that aren't deleted.
CREATE TABLE accounts (id serial PRIMARY KEY, email text NOT NULL, deleted_at timestamptz);
CREATE UNIQUE INDEX ON accounts (email) WHERE deleted_at IS NULL;
