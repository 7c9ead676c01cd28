-- Software sold by subscription, with audit tables.
CREATE TABLE organizations (
    id uuid PRIMARY KEY, name text NOT NULL, plan text NOT NULL CHECK (plan IN ('free', 'starter', 'pro', 'enterprise')),
    country_code char(2), suspended_at timestamptz, created_at timestamptz NOT NULL
);
CREATE TABLE users (
    id uuid PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, avatar_url text, phone text,
    email_verified boolean NOT NULL, two_factor_enabled boolean NOT NULL, locale text, last_login_at timestamptz,
    deleted_at timestamptz, created_at timestamptz NOT NULL
);
COMMENT ON TABLE users IS 'People who can sign in.';
CREATE TABLE memberships (
    id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, user_id uuid NOT NULL REFERENCES users,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'guest')), UNIQUE (organization_id, user_id)
);
CREATE TABLE invitations (id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, email text, accepted_at timestamptz);
CREATE TABLE projects (
    id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, name text NOT NULL, is_archived boolean NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE TABLE tasks (
    id uuid PRIMARY KEY, project_id uuid NOT NULL REFERENCES projects, assignee_id uuid REFERENCES users, title text NOT NULL,
    status text NOT NULL CHECK (status IN ('todo', 'in_progress', 'review', 'done')),
    priority text NOT NULL CHECK (priority IN ('low', 'medium', 'high')), due_on date, created_at timestamptz NOT NULL
);
CREATE TABLE comments (id uuid PRIMARY KEY, task_id uuid NOT NULL REFERENCES tasks, author_id uuid NOT NULL REFERENCES users, body text);
CREATE TABLE attachments (id uuid PRIMARY KEY, task_id uuid NOT NULL REFERENCES tasks, file_name text, size_bytes bigint);
CREATE TABLE labels (id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, name text NOT NULL);
CREATE TABLE task_labels (task_id uuid REFERENCES tasks, label_id uuid REFERENCES labels, PRIMARY KEY (task_id, label_id));
CREATE TABLE plans (id serial PRIMARY KEY, name text NOT NULL, price_cents int NOT NULL);
CREATE TABLE subscriptions (
    id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, plan_id int NOT NULL REFERENCES plans,
    status text NOT NULL CHECK (status IN ('trialing', 'active', 'past_due', 'canceled')), seats int NOT NULL,
    started_at timestamptz NOT NULL, canceled_at timestamptz
);
CREATE TABLE invoices (
    id uuid PRIMARY KEY, subscription_id uuid NOT NULL REFERENCES subscriptions, number text NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'open', 'paid', 'uncollectible')), amount_due numeric(12, 2) NOT NULL,
    issued_at timestamptz NOT NULL
);
CREATE TABLE invoice_items (id uuid PRIMARY KEY, invoice_id uuid NOT NULL REFERENCES invoices, amount numeric(12, 2) NOT NULL);
CREATE TABLE payments (
    id uuid PRIMARY KEY, invoice_id uuid NOT NULL REFERENCES invoices, amount numeric(12, 2) NOT NULL, succeeded boolean NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE TABLE payment_methods (id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, brand text);
CREATE TABLE usage_records (id uuid PRIMARY KEY, subscription_id uuid NOT NULL REFERENCES subscriptions, quantity int NOT NULL, at timestamptz);
CREATE TABLE api_keys (id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, revoked_at timestamptz);
CREATE TABLE webhooks (id uuid PRIMARY KEY, organization_id uuid NOT NULL REFERENCES organizations, url text, is_enabled boolean NOT NULL);
CREATE TABLE webhook_deliveries (id uuid PRIMARY KEY, webhook_id uuid NOT NULL REFERENCES webhooks, response_status int, delivered_at timestamptz);
CREATE TABLE sessions (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, expires_at timestamptz NOT NULL);
CREATE TABLE login_events (id bigint PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, at timestamptz NOT NULL);
CREATE TABLE notifications (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, read_at timestamptz, created_at timestamptz NOT NULL);
CREATE TABLE feature_flags (id serial PRIMARY KEY, key text NOT NULL, is_enabled boolean NOT NULL);
CREATE TABLE audit_logs (id bigint PRIMARY KEY, organization_id uuid REFERENCES organizations, action text, at timestamptz NOT NULL);
CREATE TABLE audit_log_changes (id bigint PRIMARY KEY, audit_log_id bigint NOT NULL REFERENCES audit_logs, field text);
