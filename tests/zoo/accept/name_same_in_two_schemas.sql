-- The same table name in two schemas, and keys across them.
CREATE SCHEMA sales;
CREATE SCHEMA stock;
CREATE TYPE sales.state AS ENUM ('open', 'paid');
CREATE TYPE stock.state AS ENUM ('in', 'out');
CREATE TABLE sales.items (id serial PRIMARY KEY, state sales.state NOT NULL);
CREATE TABLE stock.items (id serial PRIMARY KEY, state stock.state NOT NULL, sold integer REFERENCES sales.items);
CREATE TABLE items (sale integer REFERENCES sales.items, stock integer REFERENCES stock.items, PRIMARY KEY (sale, stock));
