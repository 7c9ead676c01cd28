-- At most one of three.
CREATE TABLE limits (id serial PRIMARY KEY, a integer, b integer, c integer, CHECK (num_nonnulls(a, b, c) <= 1));
