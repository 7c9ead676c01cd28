-- A moment that is a whole hour.
CREATE TABLE slots (id serial PRIMARY KEY, at timestamp NOT NULL CHECK (at = date_trunc('hour', at)));
