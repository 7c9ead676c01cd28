-- The first evening: who buys what.
CREATE TABLE customers (
    id serial PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL,
    street text,
    city text,
    postal_code text,
    created timestamp NOT NULL DEFAULT now()
);
CREATE TABLE products (
    id serial PRIMARY KEY,
    name varchar(80) NOT NULL,
    description text,
    price numeric(8, 2)
);
CREATE TABLE orders (
    id serial PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers,
    ordered_at timestamp NOT NULL DEFAULT now(),
    total numeric(10, 2)
);
