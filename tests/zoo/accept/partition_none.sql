-- A partitioned table without a partition can hold nothing.
-- unfillable: archive
CREATE TABLE archive (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE present (id serial PRIMARY KEY, name text NOT NULL);
