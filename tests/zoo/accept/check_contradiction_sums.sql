-- Sums, remainders and days of the week that contradict each other.
-- unfillable: overdrawn, ring, odd_even, sunday_wednesday, backwards
CREATE TABLE overdrawn (id serial PRIMARY KEY, a integer NOT NULL CHECK (a >= 3), b integer NOT NULL CHECK (b >= 3), CHECK (a + b < 6));
CREATE TABLE ring (id serial PRIMARY KEY, a numeric(6,2) NOT NULL, b numeric(6,2) NOT NULL, c numeric(6,2) NOT NULL, CHECK (a + 1 < b), CHECK (b + 1 < c), CHECK (c < a));
CREATE TABLE odd_even (id serial PRIMARY KEY, n integer NOT NULL, CHECK (n % 2 = 0), CHECK (n % 2 = 1));
CREATE TABLE sunday_wednesday (id serial PRIMARY KEY, day date NOT NULL, CHECK (extract(dow FROM day) = 0), CHECK (extract(dow FROM day) = 3));
CREATE TABLE backwards (id serial PRIMARY KEY, starts_at timestamp NOT NULL, ends_at timestamp NOT NULL, CHECK (ends_at >= starts_at + interval '1 day'), CHECK (ends_at - starts_at < interval '8 hours'));
