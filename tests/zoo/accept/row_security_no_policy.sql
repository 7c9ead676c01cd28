-- Tables that no policy lets the role insert into: there is none, or one for reading, or one that only restricts.
-- role: zoo_tenant
-- gap: closed, readable, restricted, child
CREATE TABLE closed (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE readable (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE restricted (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE child (id serial PRIMARY KEY, closed_id integer NOT NULL REFERENCES closed);
CREATE TABLE open (id serial PRIMARY KEY, closed_id integer REFERENCES closed);
ALTER TABLE closed ENABLE ROW LEVEL SECURITY;
ALTER TABLE readable ENABLE ROW LEVEL SECURITY;
ALTER TABLE restricted ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON readable FOR SELECT USING (true);
CREATE POLICY restricting ON restricted AS RESTRICTIVE USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
