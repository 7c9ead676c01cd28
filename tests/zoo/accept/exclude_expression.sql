-- Spans made of two columns don't overlap, within a parent and alone, also where the end is open.
-- extension: btree_gist
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id serial PRIMARY KEY);
CREATE TABLE stays (id serial PRIMARY KEY, room integer NOT NULL REFERENCES rooms, starts_at timestamptz NOT NULL, ends_at timestamptz, CHECK (ends_at > starts_at),
    EXCLUDE USING gist (room WITH =, tstzrange(starts_at, ends_at) WITH &&));
CREATE TABLE rates (id serial PRIMARY KEY, product integer NOT NULL, valid_from date NOT NULL, valid_to date NOT NULL, CHECK (valid_from < valid_to),
    EXCLUDE USING gist (product WITH =, daterange(valid_from, valid_to, '[]') WITH &&));
CREATE TABLE sections (id serial PRIMARY KEY, first integer NOT NULL, last integer NOT NULL CHECK (last >= first), EXCLUDE USING gist (int4range(first, last, '[]') WITH &&));
CREATE TABLE shifts (id serial PRIMARY KEY, starts_at timestamp NOT NULL, ends_at timestamp NOT NULL, CHECK (ends_at >= starts_at + interval '1 hour'),
    EXCLUDE USING gist (tsrange(starts_at, ends_at) WITH &&));
