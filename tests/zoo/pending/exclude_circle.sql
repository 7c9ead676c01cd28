-- Circles that don't meet.
CREATE TABLE zones (id serial PRIMARY KEY, area circle NOT NULL, EXCLUDE USING gist (area WITH &&));
