-- NULL counts as equal in a key of a reference.
-- server: 15
CREATE TABLE bosses (id serial PRIMARY KEY);
CREATE TABLE seats (id serial PRIMARY KEY, boss integer REFERENCES bosses, UNIQUE NULLS NOT DISTINCT (boss));
