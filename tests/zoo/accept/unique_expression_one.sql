-- At most one row: an index over a constant, with and without a predicate.
-- rows: settings=1
CREATE TABLE settings (id serial PRIMARY KEY, name text NOT NULL);
CREATE UNIQUE INDEX ON settings ((1));
CREATE TABLE themes (id serial PRIMARY KEY, is_active boolean NOT NULL, name text NOT NULL);
CREATE UNIQUE INDEX ON themes ((true)) WHERE is_active;
CREATE TABLE levels (id serial PRIMARY KEY, parent integer REFERENCES levels, name varchar(20) NOT NULL);
CREATE UNIQUE INDEX ON levels (coalesce(parent, -1), name);
