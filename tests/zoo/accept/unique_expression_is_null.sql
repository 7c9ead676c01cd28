-- At most one row a name without a version, and one with.
CREATE TABLE packages (id serial PRIMARY KEY, name varchar(30) NOT NULL, version text);
CREATE UNIQUE INDEX ON packages (name, (version IS NULL));
