-- Partitions by expressions, one with a default beside it.
CREATE TABLE users (name text NOT NULL, age integer) PARTITION BY LIST (lower("left"(name, 1)));
CREATE TABLE users_a PARTITION OF users FOR VALUES IN ('a', 'b', 'c');
CREATE TABLE users_d PARTITION OF users DEFAULT;
CREATE TABLE sales (at timestamptz NOT NULL, amount numeric(10,2)) PARTITION BY RANGE (extract(year FROM at AT TIME ZONE 'UTC'));
CREATE TABLE sales_24 PARTITION OF sales FOR VALUES FROM (2024) TO (2025);
CREATE TABLE sales_25 PARTITION OF sales FOR VALUES FROM (2025) TO (2026);
CREATE TABLE cities (country text NOT NULL, name text) PARTITION BY LIST (lower(country));
CREATE TABLE cities_de PARTITION OF cities FOR VALUES IN ('de', 'at');
CREATE TABLE jobs (id bigint NOT NULL, name text) PARTITION BY RANGE ((id % 10));
CREATE TABLE jobs_0 PARTITION OF jobs FOR VALUES FROM (0) TO (3);
CREATE TABLE only_default (id integer PRIMARY KEY, x text) PARTITION BY RANGE (id);
CREATE TABLE only_default_d PARTITION OF only_default DEFAULT;
