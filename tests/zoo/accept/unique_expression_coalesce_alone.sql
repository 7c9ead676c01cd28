-- At most one NULL, by coalesce.
CREATE TABLE ranks (id serial PRIMARY KEY, place integer);
CREATE UNIQUE INDEX ON ranks (coalesce(place, -1));
