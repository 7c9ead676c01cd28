-- Policies call functions over the row's columns, which compare them with a setting.
-- role: zoo_tenant
-- set: app.tenant=12
CREATE FUNCTION current_tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('app.tenant')::integer $$;
CREATE FUNCTION is_own(tenant integer) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT tenant = current_setting('app.tenant')::integer $$;
CREATE FUNCTION may_edit(tenant integer, state text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN tenant = current_tenant() AND state <> 'locked'; END $$;
CREATE TABLE plain (id serial PRIMARY KEY, tenant integer NOT NULL, name text NOT NULL);
CREATE TABLE edited (id serial PRIMARY KEY, tenant integer NOT NULL, state text NOT NULL CHECK (state IN ('open', 'locked', 'done')));
ALTER TABLE plain ENABLE ROW LEVEL SECURITY;
ALTER TABLE edited ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON plain USING (is_own(tenant));
CREATE POLICY own ON edited USING (may_edit(tenant, state));
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
