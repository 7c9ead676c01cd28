-- Two keys that share a column.
CREATE TABLE courts (id serial PRIMARY KEY);
CREATE TABLE bookings (court integer NOT NULL REFERENCES courts, slot smallint NOT NULL, team integer NOT NULL, UNIQUE (court, slot), UNIQUE (team, slot));
