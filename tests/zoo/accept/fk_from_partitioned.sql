-- A partitioned child with a reference of its own.
CREATE TABLE devices (id serial PRIMARY KEY);
CREATE TABLE readings (device integer NOT NULL REFERENCES devices, at timestamptz NOT NULL, value real NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE readings_25 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE readings_26 PARTITION OF readings FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
