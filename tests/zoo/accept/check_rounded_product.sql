-- Products and percentages, rounded.
CREATE TABLE lines (id serial PRIMARY KEY, quantity integer NOT NULL CHECK (quantity > 0), unit_price numeric(10,2) NOT NULL CHECK (unit_price >= 0), total numeric(12,2) NOT NULL, CHECK (total = round(quantity * unit_price, 2)));
CREATE TABLE charges (id serial PRIMARY KEY, net numeric(10,2) NOT NULL CHECK (net >= 0), rate numeric(4,3) NOT NULL CHECK (rate BETWEEN 0 AND 0.3), vat numeric(10,2) NOT NULL, gross numeric(10,2) NOT NULL, CHECK (vat = round(net * rate, 2)), CHECK (gross = net + vat));
CREATE TABLE scores (id serial PRIMARY KEY, hits integer NOT NULL CHECK (hits >= 0), tries integer NOT NULL CHECK (tries > 0), CHECK (hits <= tries), ratio numeric(5,4) NOT NULL CHECK (ratio = round(hits::numeric / tries, 4)));
CREATE TABLE totals (id serial PRIMARY KEY, quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 20), price numeric(8,2) NOT NULL CHECK (price > 0), total numeric(12,2) NOT NULL CHECK (total >= quantity * price));
CREATE TABLE areas (id serial PRIMARY KEY, width integer NOT NULL CHECK (width > 0), height integer NOT NULL CHECK (height > 0), CHECK (width * height <= 10000));
