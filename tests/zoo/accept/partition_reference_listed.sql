-- A list-partitioned key refers to a list-partitioned parent of which not every value has a partition.
-- more: levels=21
CREATE TABLE parents (id integer PRIMARY KEY) PARTITION BY LIST (id);
CREATE TABLE parents_1 PARTITION OF parents FOR VALUES IN (1);
CREATE TABLE parents_2 PARTITION OF parents FOR VALUES IN (2);
CREATE TABLE parents_d PARTITION OF parents DEFAULT;
CREATE TABLE children (parent integer NOT NULL REFERENCES parents, note text) PARTITION BY LIST (parent);
CREATE TABLE children_1 PARTITION OF children FOR VALUES IN (1);
CREATE TABLE children_2 PARTITION OF children FOR VALUES IN (2) PARTITION BY LIST (parent);
CREATE TABLE children_21 PARTITION OF children_2 FOR VALUES IN (2);
CREATE TABLE accounts (region text, no integer, PRIMARY KEY (region, no)) PARTITION BY RANGE (region, no);
CREATE TABLE accounts_1 PARTITION OF accounts FOR VALUES FROM ('a', 1) TO ('f', 100);
CREATE TABLE entries (region text, no integer, FOREIGN KEY (region, no) REFERENCES accounts) PARTITION BY LIST (region);
CREATE TABLE entries_b PARTITION OF entries FOR VALUES IN ('b', 'c');
CREATE TABLE plans (code text PRIMARY KEY CHECK (code >= 'a' AND code < 'p'), seats integer);
CREATE TABLE subscriptions (id serial PRIMARY KEY, plan text NOT NULL REFERENCES plans CHECK (plan IN ('basic', 'enterprise', 'free')));
CREATE TABLE levels (level integer PRIMARY KEY CHECK (level BETWEEN 0 AND 50));
CREATE TABLE skills (id serial, level integer REFERENCES levels, name text NOT NULL, PRIMARY KEY (id, level)) PARTITION BY LIST (level);
CREATE TABLE skills_40 PARTITION OF skills FOR VALUES IN (40);
CREATE TABLE skills_50 PARTITION OF skills FOR VALUES IN (50, 60);
