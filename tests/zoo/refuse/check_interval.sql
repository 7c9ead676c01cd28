-- Two CHECKs leave no number between them.
-- unsatisfiable: shop.items = items_a_check, items_b_check, items.a NOT NULL
-- fills: shop.places
CREATE SCHEMA shop;
CREATE TABLE shop.items (
    id serial PRIMARY KEY,
    a integer NOT NULL CONSTRAINT items_a_check CHECK (a > 5),
    c integer NOT NULL CHECK (c > 0),
    CONSTRAINT items_b_check CHECK (a < 3),
    CONSTRAINT items_d_check CHECK (a < 9)
);
CREATE TABLE shop.places (id serial PRIMARY KEY, name text NOT NULL);
