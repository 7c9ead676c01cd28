-- Fields of composites, in tables and in domains, one within another.
CREATE TYPE point2 AS (x integer, y integer);
CREATE TYPE money_amount AS (amount numeric(10,2), currency char(3));
CREATE TYPE box2 AS (low point2, high point2);
CREATE DOMAIN positive_point AS point2 CHECK ((VALUE).x > 0 AND (VALUE).y IS NOT NULL);
CREATE DOMAIN code AS text CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE TYPE coded AS (code code, n integer);
CREATE TABLE shapes (id serial PRIMARY KEY, size integer NOT NULL CHECK (size > 100),
    p point2 NOT NULL CHECK ((p).x <= (p).y),
    q positive_point NOT NULL,
    price money_amount NOT NULL CHECK ((price).amount > 0 AND (price).currency IN ('EUR', 'USD')),
    frame box2 NOT NULL CHECK ((frame).low.x BETWEEN 0 AND 5 AND ((frame).high).x > 5),
    within point2 NOT NULL CHECK ((within).x < size AND (within).x >= 0),
    c coded NOT NULL CHECK ((c).n BETWEEN 1 AND 3),
    cs positive_point[] NOT NULL);
