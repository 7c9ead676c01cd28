-- Range partitions of integers with a gap between them.
CREATE TABLE metrics (bucket integer NOT NULL, value double precision NOT NULL) PARTITION BY RANGE (bucket);
CREATE TABLE metrics_low PARTITION OF metrics FOR VALUES FROM (100) TO (200);
CREATE TABLE metrics_high PARTITION OF metrics FOR VALUES FROM (900) TO (1000);
