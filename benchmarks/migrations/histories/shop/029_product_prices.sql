-- Prices with a history: no two of a product at one time.
BEGIN;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE product_prices (
    id serial PRIMARY KEY,
    product_id integer NOT NULL REFERENCES products ON DELETE CASCADE,
    during daterange NOT NULL CHECK (NOT isempty(during)),
    price numeric(8, 2) NOT NULL CHECK (price >= 0),
    CONSTRAINT product_prices_no_overlap EXCLUDE USING gist (product_id WITH =, during WITH &&)
);
INSERT INTO product_prices (product_id, during, price)
SELECT id, daterange(created_at::date, NULL), unit_price FROM products;
COMMIT;
