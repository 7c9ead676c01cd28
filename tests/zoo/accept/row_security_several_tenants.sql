-- A list of tenants in a setting; a session that may also see everything, and does not.
-- role: zoo_tenant
-- set: app.tenants=3,5,8, app.admin=off
CREATE TABLE orders (id serial PRIMARY KEY, tenant integer NOT NULL, note text);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY listed ON orders USING (tenant = ANY (string_to_array(current_setting('app.tenants'), ',')::integer[]));
CREATE POLICY everything ON orders USING (current_setting('app.admin', true)::boolean);
CREATE POLICY nobodys ON orders TO pg_monitor USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON orders TO zoo_tenant;
GRANT ALL ON SEQUENCE orders_id_seq TO zoo_tenant;
