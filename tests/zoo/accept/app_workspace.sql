-- An application with tenants: every table has the tenant's id, an audit trigger writes to a log, a workspace has an owner among its members, and settings are one a workspace.
-- free: audit_log
-- volatile: audit_log, workspaces, members, projects, tasks, invitations
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE, full_name text, raw_meta jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(raw_meta) = 'object'));
CREATE TABLE workspaces (id uuid PRIMARY KEY, slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(slug) <= 40), name text NOT NULL, owner_id uuid NOT NULL REFERENCES users, plan text NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'team', 'business')), seats integer CHECK (seats > 0), created_at timestamptz NOT NULL DEFAULT now(), CHECK ((plan = 'free') = (seats IS NULL)));
CREATE TABLE members (workspace_id uuid REFERENCES workspaces ON DELETE CASCADE, user_id uuid REFERENCES users ON DELETE CASCADE, role text NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer')), joined_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (workspace_id, user_id));
CREATE UNIQUE INDEX one_owner ON members (workspace_id) WHERE role = 'owner';
CREATE TABLE workspace_settings (workspace_id uuid PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE, locale text NOT NULL DEFAULT 'en' CHECK (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'), options jsonb NOT NULL DEFAULT '{"notify": true}' CHECK (options ? 'notify' AND jsonb_typeof(options -> 'notify') = 'boolean'));
CREATE TABLE projects (id bigint GENERATED ALWAYS AS IDENTITY, workspace_id uuid NOT NULL REFERENCES workspaces, key text NOT NULL CHECK (key ~ '^[A-Z]{2,5}$'), name text NOT NULL, archived_at timestamptz, lead_id uuid, next_number integer NOT NULL DEFAULT 1, PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, key), FOREIGN KEY (workspace_id, lead_id) REFERENCES members (workspace_id, user_id));
CREATE TABLE tasks (id bigint GENERATED ALWAYS AS IDENTITY, workspace_id uuid NOT NULL, project_id bigint NOT NULL, number integer, parent_id bigint, assignee_id uuid, title text NOT NULL CHECK (title <> ''), state text NOT NULL DEFAULT 'todo' CHECK (state IN ('todo', 'doing', 'done')), done_at timestamptz, estimate interval CHECK (estimate > interval '0'), PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, project_id, number),
    FOREIGN KEY (workspace_id, project_id) REFERENCES projects (workspace_id, id), FOREIGN KEY (workspace_id, parent_id) REFERENCES tasks (workspace_id, id), FOREIGN KEY (workspace_id, assignee_id) REFERENCES members (workspace_id, user_id), CHECK ((state = 'done') = (done_at IS NOT NULL)), CHECK (parent_id <> id));
CREATE TABLE task_links (workspace_id uuid NOT NULL, from_id bigint NOT NULL, to_id bigint NOT NULL, kind text NOT NULL CHECK (kind IN ('blocks', 'relates')), PRIMARY KEY (workspace_id, from_id, to_id, kind), FOREIGN KEY (workspace_id, from_id) REFERENCES tasks (workspace_id, id), FOREIGN KEY (workspace_id, to_id) REFERENCES tasks (workspace_id, id), CHECK (from_id <> to_id));
CREATE TABLE invitations (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), workspace_id uuid NOT NULL REFERENCES workspaces, email text NOT NULL, token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32), expires_at timestamptz NOT NULL, accepted_at timestamptz, invited_by uuid NOT NULL, FOREIGN KEY (workspace_id, invited_by) REFERENCES members (workspace_id, user_id), CHECK (accepted_at IS NULL OR accepted_at <= expires_at));
CREATE UNIQUE INDEX one_open_invitation ON invitations (workspace_id, lower(email)) WHERE accepted_at IS NULL;
CREATE TABLE audit_log (id bigserial PRIMARY KEY, workspace_id uuid, table_name text NOT NULL, action text NOT NULL, new_row jsonb, at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_log (workspace_id, table_name, action, new_row) VALUES (NEW.workspace_id, TG_TABLE_NAME, TG_OP, to_jsonb(NEW));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_projects AFTER INSERT OR UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TRIGGER audit_members AFTER INSERT OR UPDATE ON members FOR EACH ROW EXECUTE FUNCTION audit();
CREATE FUNCTION number_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE projects SET next_number = next_number + 1 WHERE workspace_id = NEW.workspace_id AND id = NEW.project_id RETURNING next_number - 1 INTO NEW.number;
  RETURN NEW;
END $$;
CREATE TRIGGER tasks_number BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION number_task();
