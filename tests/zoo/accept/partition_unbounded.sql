-- Range partitions from MINVALUE and to MAXVALUE.
CREATE TABLE points (id serial, score integer NOT NULL) PARTITION BY RANGE (score);
CREATE TABLE points_low PARTITION OF points FOR VALUES FROM (MINVALUE) TO (0);
CREATE TABLE points_high PARTITION OF points FOR VALUES FROM (0) TO (MAXVALUE);
