-- Tables that hold nothing but what the server makes.
CREATE TABLE ticks (id serial);
CREATE TABLE keys (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE doubles (n integer GENERATED ALWAYS AS IDENTITY, twice integer GENERATED ALWAYS AS (2) STORED);
CREATE TABLE stamps (at timestamptz NOT NULL DEFAULT now());
