-- A total that is a product.
CREATE TABLE lines (id serial PRIMARY KEY, qty integer NOT NULL CHECK (qty BETWEEN 1 AND 99), price numeric(8,2) NOT NULL CHECK (price > 0), total numeric(12,2) NOT NULL, CHECK (total = qty * price));
