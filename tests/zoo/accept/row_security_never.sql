-- Policies that no row of this session can satisfy: one with a CHECK, one by itself, one by what a function says.
-- role: zoo_tenant
-- gap: against_check, against_all, refused
CREATE TABLE against_check (id serial PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('a', 'b')));
CREATE TABLE against_all (id serial PRIMARY KEY);
CREATE TABLE refused (id serial PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION fine(refused) RETURNS boolean LANGUAGE sql AS $$ SELECT $1.id < 0 $$;
ALTER TABLE against_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE against_all ENABLE ROW LEVEL SECURITY;
ALTER TABLE refused ENABLE ROW LEVEL SECURITY;
CREATE POLICY kind_c ON against_check USING (kind = 'c');
CREATE POLICY administrators ON against_all USING (pg_has_role(current_user, 'pg_monitor', 'member'));
CREATE POLICY opaque ON refused USING (fine(refused.*));
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
