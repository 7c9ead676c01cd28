-- Two composite references whose tenants must agree.
CREATE TABLE tenants (id serial PRIMARY KEY);
CREATE TABLE customers (tenant integer NOT NULL REFERENCES tenants, id serial, PRIMARY KEY (tenant, id));
CREATE TABLE products (tenant integer NOT NULL REFERENCES tenants, id serial, PRIMARY KEY (tenant, id));
CREATE TABLE sales (id serial PRIMARY KEY, tenant integer NOT NULL, customer integer NOT NULL, product integer NOT NULL,
    FOREIGN KEY (tenant, customer) REFERENCES customers, FOREIGN KEY (tenant, product) REFERENCES products);
