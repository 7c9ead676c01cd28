-- A domain over a composite type.
CREATE TYPE span AS (low integer, high integer);
CREATE DOMAIN ordered_span AS span CHECK ((VALUE).low <= (VALUE).high);
CREATE TABLE ranges (id serial PRIMARY KEY, s ordered_span NOT NULL);
