-- A role whose rows must satisfy a policy.
-- role: zoo_tenant
CREATE TABLE notes (id serial PRIMARY KEY, kind text NOT NULL, body text NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY public_only ON notes USING (true) WITH CHECK (kind = 'public');
GRANT SELECT, INSERT, UPDATE, DELETE ON notes TO zoo_tenant;
GRANT ALL ON SEQUENCE notes_id_seq TO zoo_tenant;
