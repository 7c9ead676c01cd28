-- A range partitioned table whose primary key holds the partition column.
CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY, day date NOT NULL, kind text NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
