-- Whoever is logged in is whom a row is from, by a claim in a document that the session holds; a table without triggers
-- and one whose trigger reads the same setting as NULL are filled as ever.
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE FUNCTION uid() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT (current_setting('request.jwt.claims', true)::jsonb ->> 'sub')::uuid
$$;
CREATE TABLE projects (id bigserial PRIMARY KEY, name text NOT NULL, created_by uuid NOT NULL REFERENCES users);
CREATE TABLE invitations (
    id bigserial PRIMARY KEY,
    project_id bigint NOT NULL REFERENCES projects,
    invited_by uuid NOT NULL REFERENCES users,
    email text NOT NULL
);
CREATE TABLE notes (id bigserial PRIMARY KEY, project_id bigint NOT NULL REFERENCES projects, made_by uuid, body text);
CREATE FUNCTION stamp_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.invited_by := public.uid();
    RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON invitations FOR EACH ROW EXECUTE FUNCTION stamp_invitation();
CREATE FUNCTION stamp_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('request.jwt.claims', true) <> '' THEN
        NEW.made_by := public.uid();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION stamp_note();
