-- Conditions that ask for truth, not for being not false.
CREATE TABLE gates (id serial PRIMARY KEY, n integer CHECK ((n > 5) IS TRUE), m integer CHECK ((m > 5) IS NOT FALSE), o boolean CHECK (o IS NOT UNKNOWN));
