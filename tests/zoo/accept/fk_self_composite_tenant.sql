-- A tree within a tenant.
CREATE TABLE tenants (id serial PRIMARY KEY);
CREATE TABLE folders (tenant integer NOT NULL REFERENCES tenants, id serial, parent integer, name text NOT NULL,
    PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, parent) REFERENCES folders);
