-- The tenants themselves are behind a policy: there is one whom the session may see.
-- role: zoo_tenant
-- set: app.tenant=41
-- rows: tenants=1, settings=1
-- more: tenants=0, settings=0
CREATE TABLE tenants (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE settings (tenant_id integer PRIMARY KEY REFERENCES tenants, theme text NOT NULL);
CREATE TABLE items (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants, sku text NOT NULL, UNIQUE (tenant_id, sku));
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE items ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON tenants USING (id = current_setting('app.tenant')::integer);
CREATE POLICY own ON items USING (tenant_id = current_setting('app.tenant')::integer);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
