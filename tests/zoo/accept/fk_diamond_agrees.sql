-- Two paths to one ancestor agree though no constraint says so: the address is the customer's own, the tenant one everywhere.
CREATE TABLE tenants (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE customers (id serial PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants, name text NOT NULL);
CREATE TABLE addresses (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, street text NOT NULL);
CREATE TABLE products (id serial PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants, name text NOT NULL);
CREATE TABLE orders (id serial PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants, customer_id integer NOT NULL REFERENCES customers, address_id integer NOT NULL REFERENCES addresses);
CREATE TABLE favourites (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, product_id integer NOT NULL REFERENCES products);
