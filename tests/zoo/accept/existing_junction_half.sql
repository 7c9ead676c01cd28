-- A junction that is half filled; appending fills what is left.
-- parent: a, b, pairs
-- more: pairs=30
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY);
INSERT INTO a SELECT generate_series(1, 6);
INSERT INTO b SELECT generate_series(1, 6);
SELECT setval('a_id_seq', 6), setval('b_id_seq', 6);
CREATE TABLE pairs (a integer REFERENCES a, b integer REFERENCES b, PRIMARY KEY (a, b));
INSERT INTO pairs SELECT a.id, b.id FROM a, b WHERE (a.id + b.id) % 2 = 0;
