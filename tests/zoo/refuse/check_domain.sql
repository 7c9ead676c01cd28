-- A domain's check against the table's.
-- unsatisfiable: goods = goods_dear, price_cheap of domain price, goods.price NOT NULL
CREATE DOMAIN price AS numeric(8, 2) CONSTRAINT price_cheap CHECK (VALUE < 10) CONSTRAINT price_some CHECK (VALUE > 0);
CREATE TABLE goods (id serial PRIMARY KEY, price price NOT NULL, CONSTRAINT goods_dear CHECK (price >= 50));
