-- Bookings of a room that don't overlap.
-- extension: btree_gist
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id serial PRIMARY KEY);
CREATE TABLE bookings (id serial PRIMARY KEY, room integer NOT NULL REFERENCES rooms, during tstzrange NOT NULL, EXCLUDE USING gist (room WITH =, during WITH &&));
