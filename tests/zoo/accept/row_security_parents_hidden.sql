-- Stored parents of which the role sees some: new rows point at those, and further parents don't take the others' keys.
-- role: zoo_tenant
-- set: app.tenant=1
-- parent: customers
CREATE TABLE customers (id serial PRIMARY KEY, tenant integer NOT NULL, name text NOT NULL);
INSERT INTO customers (tenant, name) SELECT n % 2, 'customer ' || n FROM generate_series(1, 20) n;
CREATE TABLE invoices (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, total integer NOT NULL);
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON customers USING (tenant = current_setting('app.tenant')::integer);
CREATE POLICY own ON invoices USING (EXISTS (SELECT 1 FROM customers c WHERE c.id = invoices.customer_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
