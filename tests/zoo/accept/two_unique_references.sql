-- Two references to one table, each unique by itself: what the one passes over must not be counted twice by the other.
CREATE TABLE seats (id serial PRIMARY KEY, label text NOT NULL UNIQUE);
CREATE TABLE swaps (id serial PRIMARY KEY, from_seat integer NOT NULL UNIQUE REFERENCES seats, to_seat integer NOT NULL UNIQUE REFERENCES seats);
CREATE TABLE links (id serial PRIMARY KEY, source_id integer UNIQUE REFERENCES seats, target_id integer UNIQUE REFERENCES seats, note text);
