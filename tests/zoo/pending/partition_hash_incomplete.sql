-- Hash partitions of which one is missing.
CREATE TABLE logs (id bigserial PRIMARY KEY, line text NOT NULL) PARTITION BY HASH (id);
CREATE TABLE logs_0 PARTITION OF logs FOR VALUES WITH (MODULUS 2, REMAINDER 0);
