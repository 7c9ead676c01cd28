-- Keys that overlap over the same columns, one of them of a boolean or an enum.
CREATE TYPE side AS ENUM ('left', 'right');
CREATE TABLE racks (id serial PRIMARY KEY);
CREATE TABLE slots (id serial PRIMARY KEY, rack integer NOT NULL REFERENCES racks, pos integer NOT NULL, side side NOT NULL, label varchar(10) NOT NULL, UNIQUE (rack, pos, side), UNIQUE (rack, label), UNIQUE (rack, side, label));
CREATE TABLE cells (a integer NOT NULL, b integer NOT NULL, c integer NOT NULL, UNIQUE (a, b), UNIQUE (b, c), UNIQUE (a, c));
CREATE TABLE flags (id serial PRIMARY KEY, rack integer NOT NULL REFERENCES racks, up boolean NOT NULL, UNIQUE (rack, up));
CREATE TABLE pairs (x integer NOT NULL REFERENCES racks, y integer NOT NULL REFERENCES racks, side side NOT NULL, PRIMARY KEY (x, y), UNIQUE (x, side), UNIQUE (y, side));
