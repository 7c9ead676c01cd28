-- A ring that an UPDATE would close, under policies that allow none: rows go in without it.
-- role: zoo_tenant
CREATE TABLE teams (id serial PRIMARY KEY, name text NOT NULL, lead_id integer);
CREATE TABLE members (id serial PRIMARY KEY, team_id integer NOT NULL REFERENCES teams, name text NOT NULL);
ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES members;
ALTER TABLE teams ENABLE ROW LEVEL SECURITY;
CREATE POLICY adding ON teams FOR INSERT WITH CHECK (true);
CREATE POLICY seen ON teams FOR SELECT USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
