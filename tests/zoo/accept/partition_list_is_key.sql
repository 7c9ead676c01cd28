-- List partitions whose column is the primary key, or a part of it: every value listed is a row.
-- rows: kinds=6, codes=5
CREATE TABLE kinds (id integer PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE kinds_1 PARTITION OF kinds FOR VALUES IN (1, 2);
CREATE TABLE kinds_2 PARTITION OF kinds FOR VALUES IN (3) PARTITION BY LIST (id);
CREATE TABLE kinds_21 PARTITION OF kinds_2 FOR VALUES IN (3);
CREATE TABLE kinds_3 PARTITION OF kinds FOR VALUES IN (7, 8, 9);
CREATE TABLE codes (code text PRIMARY KEY, name text NOT NULL) PARTITION BY LIST (code);
CREATE TABLE codes_a PARTITION OF codes FOR VALUES IN ('a', 'b');
CREATE TABLE codes_c PARTITION OF codes FOR VALUES IN ('c', 'd', 'e');
CREATE TABLE events (kind integer NOT NULL, n bigserial, PRIMARY KEY (kind, n)) PARTITION BY LIST (kind);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2, 5);
CREATE TABLE marks (id serial PRIMARY KEY, kind integer NOT NULL REFERENCES kinds);
