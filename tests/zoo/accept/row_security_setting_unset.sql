-- Settings that nobody gave: an error where they are demanded, no row where they may be missing.
-- role: zoo_tenant
-- gap: strict, lenient
CREATE TABLE strict (id serial PRIMARY KEY, tenant integer NOT NULL);
CREATE TABLE lenient (id serial PRIMARY KEY, tenant integer NOT NULL);
CREATE TABLE free (id serial PRIMARY KEY, tenant integer NOT NULL);
ALTER TABLE strict ENABLE ROW LEVEL SECURITY;
ALTER TABLE lenient ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON strict USING (tenant = current_setting('app.tenant')::integer);
CREATE POLICY of_tenant ON lenient USING (tenant = nullif(current_setting('app.tenant', true), '')::integer);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
