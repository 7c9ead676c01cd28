-- Partitions share out a key's values beside a predicate that some rows must avoid.
-- more: bands=16
CREATE TABLE slots (zone integer NOT NULL, n smallint NOT NULL CHECK (n BETWEEN 1 AND 20), held boolean NOT NULL, PRIMARY KEY (zone, n)) PARTITION BY LIST (zone);
CREATE TABLE slots_1 PARTITION OF slots FOR VALUES IN (1);
CREATE TABLE slots_4 PARTITION OF slots FOR VALUES IN (4, 5, 6);
CREATE UNIQUE INDEX ON slots (zone) WHERE held;
CREATE TABLE bands (low integer NOT NULL UNIQUE CHECK (low BETWEEN 1 AND 15 OR low BETWEEN 40 AND 70), name text);
