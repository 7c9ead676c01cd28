-- Range partitions over two columns.
CREATE TABLE bills (year integer NOT NULL, month integer NOT NULL CHECK (month BETWEEN 1 AND 12), total numeric(8,2) NOT NULL) PARTITION BY RANGE (year, month);
CREATE TABLE bills_h1 PARTITION OF bills FOR VALUES FROM (2025, 1) TO (2025, 7);
CREATE TABLE bills_h2 PARTITION OF bills FOR VALUES FROM (2025, 7) TO (2026, 1);
