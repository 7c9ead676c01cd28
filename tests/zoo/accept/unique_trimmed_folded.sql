-- Unique by a trimmed and folded form, beside a plain key on the same column.
CREATE TABLE brands (id serial PRIMARY KEY, name varchar(20) NOT NULL UNIQUE);
CREATE UNIQUE INDEX ON brands (lower(btrim(name)));
