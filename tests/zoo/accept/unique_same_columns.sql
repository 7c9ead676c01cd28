-- The same columns under several keys, in other orders and as a constraint and an index.
CREATE TABLE pairs (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b), UNIQUE (b, a));
CREATE UNIQUE INDEX ON pairs (a, b);
