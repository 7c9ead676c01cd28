-- The least and the greatest of columns, compared both ways.
CREATE TABLE ranges (id serial PRIMARY KEY, a integer NOT NULL, b integer NOT NULL, low integer NOT NULL, high integer NOT NULL, CHECK (low = LEAST(a, b)), CHECK (high = GREATEST(a, b)));
CREATE TABLE caps (id serial PRIMARY KEY, wanted integer NOT NULL, stock integer NOT NULL CHECK (stock >= 0), given integer NOT NULL CHECK (given >= 0), CHECK (given <= LEAST(wanted, stock)));
CREATE TABLE tops (id serial PRIMARY KEY, a integer, b integer, best integer NOT NULL, CHECK (best <= GREATEST(a, b)), CHECK (a IS NOT NULL OR b IS NOT NULL));
CREATE TABLE gaps (id serial PRIMARY KEY, a integer NOT NULL, b integer NOT NULL, CHECK (abs(a - b) <= 5), CHECK (abs(a) <= 100));
CREATE TABLE spreads (id serial PRIMARY KEY, bid numeric(8,2) NOT NULL, ask numeric(8,2) NOT NULL, CHECK (abs(ask - bid) >= 0.05), CHECK (GREATEST(bid, ask) <= 999));
