-- A partition with a unique index that the parent doesn't have.
CREATE TABLE jobs (id serial, queue text NOT NULL, code varchar(10) NOT NULL) PARTITION BY LIST (queue);
CREATE TABLE jobs_a PARTITION OF jobs FOR VALUES IN ('a');
CREATE TABLE jobs_b PARTITION OF jobs FOR VALUES IN ('b');
CREATE UNIQUE INDEX ON jobs_a (code);
