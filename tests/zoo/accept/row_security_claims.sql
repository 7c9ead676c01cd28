-- Who is signed in comes as a JSON claim, through a function that policies call in a subquery.
-- role: zoo_tenant
-- set: request.jwt.claims={"sub":"0b54c0de-5a0e-4c29-8a47-5f3d2c9b7e10","role":"member"}
CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO zoo_tenant;
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
CREATE FUNCTION auth.role() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN current_setting('request.jwt.claims', true)::jsonb ->> 'role'; END $$;
CREATE TABLE accounts (id uuid PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE profiles (id serial PRIMARY KEY, user_id uuid NOT NULL REFERENCES accounts, bio text NOT NULL);
CREATE TABLE stories (id serial PRIMARY KEY, user_id uuid NOT NULL, title text NOT NULL, shared boolean NOT NULL);
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE stories ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON profiles TO zoo_tenant USING ((SELECT auth.uid()) = user_id);
CREATE POLICY own ON stories FOR INSERT WITH CHECK (auth.role() IN ('member', 'admin') AND (auth.role() = 'admin' OR auth.uid() = user_id));
CREATE POLICY seen ON stories FOR SELECT USING (shared OR auth.uid() = user_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO zoo_tenant;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_tenant;
