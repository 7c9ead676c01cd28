-- Two levels: by region, then by year.
CREATE TABLE sales (region text NOT NULL, day date NOT NULL, amount numeric(8,2) NOT NULL) PARTITION BY LIST (region);
CREATE TABLE sales_eu PARTITION OF sales FOR VALUES IN ('eu') PARTITION BY RANGE (day);
CREATE TABLE sales_eu_24 PARTITION OF sales_eu FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE sales_eu_25 PARTITION OF sales_eu FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE sales_us PARTITION OF sales FOR VALUES IN ('us') PARTITION BY RANGE (day);
CREATE TABLE sales_us_20 PARTITION OF sales_us FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
