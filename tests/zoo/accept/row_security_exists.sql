-- Rows whose parent must be one that the role owns.
-- role: zoo_tenant
CREATE TABLE projects (id serial PRIMARY KEY, owner text NOT NULL CHECK (owner IN ('zoo_tenant', 'somebody')), name text NOT NULL);
CREATE TABLE tasks (id serial PRIMARY KEY, project_id integer NOT NULL REFERENCES projects, title text NOT NULL);
CREATE TABLE remarks (id serial PRIMARY KEY, project_id integer NOT NULL REFERENCES projects, body text NOT NULL);
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE remarks ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON tasks USING (EXISTS (SELECT 1 FROM projects p WHERE p.id = project_id AND p.owner = current_user));
CREATE POLICY own ON remarks USING (project_id IN (SELECT id FROM projects WHERE owner = current_user));
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
