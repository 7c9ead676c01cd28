-- Rows say whose they are, and so do their parents, by keys of one column each: nothing but sense lets the two agree.
CREATE TABLE organizations (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE projects (id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, key text NOT NULL, UNIQUE (organization_id, key));
CREATE TABLE labels (id serial PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, name text NOT NULL, UNIQUE (organization_id, name));
CREATE TABLE tasks (
    id serial PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, project_id uuid NOT NULL REFERENCES projects,
    number integer NOT NULL, title text NOT NULL, UNIQUE (project_id, number)
);
CREATE TABLE comments (id serial PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, task_id integer NOT NULL REFERENCES tasks, body text NOT NULL);
CREATE TABLE task_labels (
    task_id integer NOT NULL REFERENCES tasks, label_id integer NOT NULL REFERENCES labels,
    organization_id uuid NOT NULL REFERENCES organizations, PRIMARY KEY (task_id, label_id)
);
CREATE FUNCTION one_organization() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE other uuid;
BEGIN
    EXECUTE format('SELECT organization_id FROM %I WHERE id::text = $1', TG_ARGV[0]) INTO other USING to_jsonb(NEW) ->> TG_ARGV[1];
    ASSERT other = NEW.organization_id, 'not of the same organization';
    RETURN NEW;
END $$;
CREATE TRIGGER one_organization BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION one_organization('projects', 'project_id');
CREATE TRIGGER one_organization BEFORE INSERT ON comments FOR EACH ROW EXECUTE FUNCTION one_organization('tasks', 'task_id');
