-- States that no CHECK ties to their moments, beside constraints that do or that stand in the way.
CREATE TYPE order_state AS ENUM ('pending', 'paid', 'shipped', 'delivered', 'cancelled');
CREATE TABLE customers (id serial PRIMARY KEY, email text NOT NULL, is_deleted boolean NOT NULL DEFAULT false, deleted_at timestamptz);
CREATE UNIQUE INDEX ON customers (lower(email)) WHERE deleted_at IS NULL;
CREATE TABLE orders (
    id serial PRIMARY KEY, customer integer NOT NULL REFERENCES customers, state order_state NOT NULL DEFAULT 'pending',
    paid_at timestamptz, shipped_at timestamptz, delivered_at timestamptz, cancelled_at timestamptz,
    CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL)), CHECK (delivered_at > shipped_at)
);
-- The constraints say the contrary of what one would expect.
CREATE TABLE jobs (
    id serial PRIMARY KEY, status text NOT NULL CHECK (status IN ('queued', 'running', 'failed', 'done')),
    started_at timestamp, finished_at timestamp, error text,
    CHECK (status <> 'done' OR started_at IS NULL), CHECK (finished_at IS NULL OR error IS NULL)
);
-- A key among rows of one state, and one that reads the moment itself.
CREATE TABLE subscriptions (
    id serial PRIMARY KEY, customer integer NOT NULL REFERENCES customers, status varchar(12) NOT NULL DEFAULT 'active',
    canceled_at timestamptz, ended_at timestamptz
);
CREATE UNIQUE INDEX ON subscriptions (customer) WHERE status = 'active';
CREATE TABLE sessions (id serial PRIMARY KEY, revoked boolean, revoked_at timestamptz UNIQUE, customer integer REFERENCES customers);
-- Partitions by state, and a moment that must be there.
CREATE TABLE tickets (id integer, status text NOT NULL, closed_at date, resolved_at date NOT NULL) PARTITION BY LIST (status);
CREATE TABLE tickets_open PARTITION OF tickets FOR VALUES IN ('open', 'waiting');
CREATE TABLE tickets_done PARTITION OF tickets FOR VALUES IN ('resolved', 'closed');
-- More states and flags than branches.
CREATE TABLE members (
    id serial PRIMARY KEY, status text CHECK (status IN ('invited', 'active', 'suspended', 'inactive', 'deleted')),
    suspended_at date, deleted_at date, deactivated_at date, is_verified boolean, verified_at date, is_locked boolean,
    locked_at date, is_archived boolean, archived_at date, is_hidden boolean, hidden_at date
);
