-- A ring within a tenant.
CREATE TABLE tenants (id serial PRIMARY KEY);
CREATE TABLE sites (tenant integer NOT NULL REFERENCES tenants, id serial, home integer, PRIMARY KEY (tenant, id));
CREATE TABLE pages (tenant integer NOT NULL, id serial, site integer NOT NULL, PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, site) REFERENCES sites);
ALTER TABLE sites ADD FOREIGN KEY (tenant, home) REFERENCES pages;
