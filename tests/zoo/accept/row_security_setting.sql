-- A tenant that the application gives by a setting confines its rows.
-- role: zoo_tenant
-- set: app.tenant=6f0c2a4e-3d6b-4a55-9d0e-0b6f5c1f7a11
CREATE TABLE tenants (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE users (id serial PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, name text NOT NULL);
CREATE TABLE posts (id serial PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, author integer REFERENCES users, title text NOT NULL);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON users USING (tenant_id = current_setting('app.tenant')::uuid);
CREATE POLICY of_tenant ON posts USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
