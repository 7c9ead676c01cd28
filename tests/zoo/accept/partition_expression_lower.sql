-- List partitions by an expression over text.
CREATE TABLE names (name text NOT NULL, n integer) PARTITION BY LIST (lower("left"(name, 1)));
CREATE TABLE names_a PARTITION OF names FOR VALUES IN ('a', 'b', 'c');
CREATE TABLE names_d PARTITION OF names FOR VALUES IN ('d', 'e');
