-- Floating point and money.
CREATE TABLE quotes (id serial PRIMARY KEY, ratio real NOT NULL, score double precision NOT NULL, amount money NOT NULL);
