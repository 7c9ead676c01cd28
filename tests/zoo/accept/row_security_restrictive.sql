-- One of two permissive policies, and both restrictive ones.
-- role: zoo_tenant
CREATE TYPE state AS ENUM ('draft', 'review', 'public', 'archived');
CREATE TABLE pages (id serial PRIMARY KEY, state state NOT NULL, size integer NOT NULL, locked boolean NOT NULL, title text NOT NULL);
ALTER TABLE pages ENABLE ROW LEVEL SECURITY;
CREATE POLICY small ON pages FOR INSERT WITH CHECK (size BETWEEN 1 AND 10);
CREATE POLICY huge ON pages FOR INSERT WITH CHECK (size > 1000000 AND state = 'archived');
CREATE POLICY not_public ON pages AS RESTRICTIVE FOR INSERT WITH CHECK (state <> 'public');
CREATE POLICY unlocked ON pages AS RESTRICTIVE USING (NOT locked);
CREATE POLICY seen ON pages FOR SELECT USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
