-- Row security that the owner isn't subject to.
CREATE TABLE secrets (id serial PRIMARY KEY, owner text NOT NULL);
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets USING (owner = current_user);
