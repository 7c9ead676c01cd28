-- Rows that must name who inserts them.
-- role: zoo_tenant
CREATE TABLE notes (id serial PRIMARY KEY, owner name NOT NULL DEFAULT current_user, body text NOT NULL);
CREATE TABLE tasks (id serial PRIMARY KEY, created_by text NOT NULL, assignee text, title text NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (owner = current_user);
CREATE POLICY created ON tasks FOR INSERT WITH CHECK (created_by = current_user AND (assignee IS NULL OR assignee = session_user));
CREATE POLICY seen ON tasks FOR SELECT USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
