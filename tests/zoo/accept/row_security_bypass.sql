-- A role that no policy applies to.
-- role: zoo_bypass
ALTER ROLE zoo_bypass BYPASSRLS;
CREATE TABLE secrets (id serial PRIMARY KEY, owner text NOT NULL);
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY nothing ON secrets USING (false);
GRANT SELECT, INSERT, UPDATE, DELETE ON secrets TO zoo_bypass;
GRANT ALL ON SEQUENCE secrets_id_seq TO zoo_bypass;
