-- A unique index that carries a column it doesn't count.
CREATE TABLE tokens (id serial PRIMARY KEY, token text NOT NULL, owner text NOT NULL);
CREATE UNIQUE INDEX ON tokens (token) INCLUDE (owner);
