-- What makes a key belongs to organizations that have little in common: rather than that rows are missing, they meet.
-- parent: organizations, members
CREATE TABLE organizations (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE members (id serial PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations, name text NOT NULL);
CREATE TABLE roles (id serial PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations CHECK (organization_id > 2), name text NOT NULL);
CREATE TABLE grants (
    organization_id integer NOT NULL REFERENCES organizations, member_id integer NOT NULL REFERENCES members,
    role_id integer NOT NULL REFERENCES roles, PRIMARY KEY (organization_id, member_id, role_id));
CREATE TABLE badges (
    member_id integer NOT NULL REFERENCES members, role_id integer NOT NULL REFERENCES roles, PRIMARY KEY (member_id, role_id));
INSERT INTO organizations (name) VALUES ('one'), ('two'), ('three'), ('four');
INSERT INTO members (organization_id, name) SELECT 1 + n % 2, 'member ' || n FROM generate_series(1, 12) AS n;
