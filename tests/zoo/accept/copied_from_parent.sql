-- Columns that repeat a parent's: of the same type they may be copied, of another, checked otherwise or in a key they may not.
CREATE TABLE customers (id serial PRIMARY KEY, email varchar(80) NOT NULL UNIQUE, name text, tier text NOT NULL CHECK (tier IN ('gold', 'silver')));
CREATE TABLE products (id serial PRIMARY KEY, name text NOT NULL, unit_price numeric(8, 2) NOT NULL CHECK (unit_price > 0));
CREATE TABLE orders (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, customer_email varchar(80) NOT NULL, customer_name text NOT NULL DEFAULT '?', customer_tier text NOT NULL CHECK (customer_tier <> 'gold'));
CREATE TABLE lines (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, product_id integer REFERENCES products, unit_price numeric(8, 2) CHECK (unit_price > 0), product_name varchar(20), price numeric(8, 2) NOT NULL CHECK (price >= 1000));
CREATE TABLE mails (customer_id integer NOT NULL REFERENCES customers, customer_email varchar(80) NOT NULL UNIQUE, sent boolean NOT NULL);
