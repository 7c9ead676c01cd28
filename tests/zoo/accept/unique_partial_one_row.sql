-- At most one row that is current, by an index on a constant.
CREATE TABLE versions (id serial PRIMARY KEY, label text NOT NULL, current boolean NOT NULL);
CREATE UNIQUE INDEX ON versions ((1)) WHERE current;
