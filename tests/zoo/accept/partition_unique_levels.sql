-- Unique keys across several levels of partitions.
CREATE TABLE orders (region text NOT NULL, day date NOT NULL, no integer NOT NULL, UNIQUE (region, day, no)) PARTITION BY LIST (region);
CREATE TABLE orders_n PARTITION OF orders FOR VALUES IN ('north', 'east') PARTITION BY RANGE (day);
CREATE TABLE orders_n_25 PARTITION OF orders_n FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE orders_n_24 PARTITION OF orders_n FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE orders_s PARTITION OF orders FOR VALUES IN ('south') PARTITION BY HASH (no);
CREATE TABLE orders_s_0 PARTITION OF orders_s FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE orders_s_1 PARTITION OF orders_s FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TYPE tier AS ENUM ('free', 'paid');
CREATE TABLE seats (tier tier NOT NULL, slot smallint NOT NULL CHECK (slot BETWEEN 1 AND 20), PRIMARY KEY (tier, slot)) PARTITION BY LIST (tier);
CREATE TABLE seats_f PARTITION OF seats FOR VALUES IN ('free') PARTITION BY RANGE (slot);
CREATE TABLE seats_f1 PARTITION OF seats_f FOR VALUES FROM (1) TO (21);
CREATE TABLE seats_p PARTITION OF seats FOR VALUES IN ('paid');
-- more: seats=10
