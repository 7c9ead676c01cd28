-- Bookings that may not meet, by a range that the server generates; a day and a slug that it generates are unique.
-- extension: btree_gist
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE rooms (id serial PRIMARY KEY, name text NOT NULL, slug text NOT NULL GENERATED ALWAYS AS (replace(lower(name), ' ', '-')) STORED UNIQUE);
CREATE TABLE bookings (
    id bigserial PRIMARY KEY, room_id integer NOT NULL REFERENCES rooms, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
    during tstzrange GENERATED ALWAYS AS (tstzrange(starts_at, ends_at, '[)')) STORED,
    CHECK (ends_at > starts_at), EXCLUDE USING gist (room_id WITH =, during WITH &&)
);
CREATE TABLE prices (
    id bigserial PRIMARY KEY, room_id integer NOT NULL REFERENCES rooms, valid_from date NOT NULL, valid_to date,
    validity daterange NOT NULL GENERATED ALWAYS AS (daterange(valid_from, valid_to)) STORED, amount numeric(10, 2) NOT NULL,
    CHECK (valid_to IS NULL OR valid_to > valid_from), EXCLUDE USING gist (room_id WITH =, validity WITH &&)
);
CREATE TABLE cleanings (
    id bigserial PRIMARY KEY, room_id integer NOT NULL REFERENCES rooms, done_at timestamp NOT NULL,
    day date GENERATED ALWAYS AS (done_at::date) STORED, UNIQUE (room_id, day)
);
CREATE TABLE closures (id bigserial PRIMARY KEY, begins timestamp NOT NULL, day date GENERATED ALWAYS AS (date_trunc('day', begins)::date) STORED UNIQUE);
