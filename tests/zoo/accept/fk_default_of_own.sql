-- A customer's default address is one of the customer's own.
CREATE TABLE customers (id serial PRIMARY KEY, main_address integer);
CREATE TABLE addresses (id serial PRIMARY KEY, customer integer NOT NULL REFERENCES customers, UNIQUE (customer, id));
ALTER TABLE customers ADD FOREIGN KEY (id, main_address) REFERENCES addresses (customer, id);
