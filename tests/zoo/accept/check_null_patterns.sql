-- NULL patterns in many spellings.
CREATE TABLE exactly (id serial PRIMARY KEY, a integer, b integer, c text, CHECK ((a IS NOT NULL)::int + (b IS NOT NULL)::int + (c IS NOT NULL)::int = 1));
CREATE TABLE nonnulls (id serial PRIMARY KEY, a integer, b integer, c date, d text, CHECK (num_nonnulls(a, b, c, d) = 1));
CREATE TABLE cases (id serial PRIMARY KEY, a integer, b integer, CHECK (CASE WHEN a IS NULL THEN 0 ELSE 1 END + CASE WHEN b IS NULL THEN 0 ELSE 1 END = 1));
CREATE TABLE together (id serial PRIMARY KEY, amount numeric(8,2), currency char(3), at timestamptz, CHECK (num_nulls(amount, currency, at) IN (0, 3)));
CREATE TABLE coupled (id serial PRIMARY KEY, lat double precision, lng double precision, x integer, y integer, CHECK ((lat IS NULL) = (lng IS NULL)), CHECK ((x IS NULL) <> (y IS NULL)));
CREATE TABLE implies (id serial PRIMARY KEY, a integer, b integer, c integer, CHECK (a IS NULL OR b IS NOT NULL), CHECK (NOT (b IS NOT NULL AND c IS NOT NULL)));
CREATE TABLE rowed (id serial PRIMARY KEY, a integer, b text, CHECK (ROW(a, b) IS NULL OR ROW(a, b) IS NOT NULL));
CREATE TABLE nine (id serial PRIMARY KEY, c1 integer, c2 integer, c3 integer, c4 integer, c5 integer, c6 integer, c7 integer, c8 integer, c9 integer, CHECK (num_nonnulls(c1, c2, c3, c4, c5, c6, c7, c8, c9) = 1));
CREATE TABLE least_two (id serial PRIMARY KEY, a integer, b integer, c integer, CHECK (num_nonnulls(a, b, c) >= 2));
