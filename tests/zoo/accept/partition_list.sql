-- List partitions of an enum and of NULL.
CREATE TYPE tier AS ENUM ('free', 'paid', 'trial', 'gone');
CREATE TABLE plans (id serial, tier tier) PARTITION BY LIST (tier);
CREATE TABLE plans_free PARTITION OF plans FOR VALUES IN ('free', NULL);
CREATE TABLE plans_paid PARTITION OF plans FOR VALUES IN ('paid', 'trial');
