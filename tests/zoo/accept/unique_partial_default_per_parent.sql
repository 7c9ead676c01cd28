-- One default address a customer.
CREATE TABLE customers (id serial PRIMARY KEY);
CREATE TABLE addresses (id serial PRIMARY KEY, customer integer NOT NULL REFERENCES customers, is_default boolean NOT NULL, street text NOT NULL);
CREATE UNIQUE INDEX ON addresses (customer) WHERE is_default;
