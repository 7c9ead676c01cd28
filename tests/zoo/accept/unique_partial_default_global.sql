-- One default row in the whole table.
CREATE TABLE currencies (id serial PRIMARY KEY, name text NOT NULL, is_default boolean NOT NULL DEFAULT false);
CREATE UNIQUE INDEX ON currencies (is_default) WHERE is_default;
