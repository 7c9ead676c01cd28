-- Stored rows that were given keys ahead of their sequence.
-- parent: rates
CREATE TABLE rates (id serial PRIMARY KEY, percent numeric(4,2) NOT NULL);
INSERT INTO rates VALUES (7, 19.0), (3, 7.0);
SELECT setval('rates_id_seq', 7);
CREATE TABLE prices (id serial PRIMARY KEY, rate integer NOT NULL REFERENCES rates, net numeric(8,2) NOT NULL);
