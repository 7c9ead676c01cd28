-- A key of a parent and a boolean: twice the parents are the limit.
-- rows: kinds=3, flags=6
CREATE TYPE kind AS ENUM ('x', 'y', 'z');
CREATE TABLE kinds (kind kind PRIMARY KEY);
CREATE TABLE flags (kind kind NOT NULL REFERENCES kinds, on_off boolean NOT NULL, PRIMARY KEY (kind, on_off));
