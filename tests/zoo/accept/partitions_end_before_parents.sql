-- Readings lie in the years that have a partition, also of probes that were launched later; a CHECK may bound them as well.
CREATE TABLE probes (id serial PRIMARY KEY, name text NOT NULL, launch_date date NOT NULL CHECK (launch_date >= '2025-06-01'));
CREATE TABLE readings (id bigserial, taken_at timestamp NOT NULL, probe_id integer NOT NULL REFERENCES probes, value numeric(12, 4) NOT NULL, PRIMARY KEY (id, taken_at)) PARTITION BY RANGE (taken_at);
CREATE TABLE readings_2024 PARTITION OF readings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE readings_2025 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE old_notes (id serial PRIMARY KEY, probe_id integer NOT NULL REFERENCES probes, noted_on date NOT NULL CHECK (noted_on < '2025-01-01'), body text NOT NULL);
