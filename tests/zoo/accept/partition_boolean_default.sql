-- Partitions of a boolean, where NULL goes to the default.
CREATE TABLE flags (id serial, f boolean) PARTITION BY LIST (f);
CREATE TABLE flags_t PARTITION OF flags FOR VALUES IN (true);
CREATE TABLE flags_rest PARTITION OF flags DEFAULT;
