-- Range partitions by an expression.
CREATE TABLE visits (at timestamp NOT NULL, page text NOT NULL) PARTITION BY RANGE (date_trunc('month', at));
CREATE TABLE visits_01 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE visits_02 PARTITION OF visits FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
