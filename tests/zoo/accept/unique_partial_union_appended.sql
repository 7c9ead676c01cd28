-- One live subscription an account, of a union of states: appended to full accounts, new ones are over and say when.
CREATE TABLE accounts (id smallint PRIMARY KEY CHECK (id BETWEEN 1 AND 20), name text NOT NULL);
-- rows: accounts=20
-- more: accounts=0, subscriptions=30
CREATE TABLE subscriptions (
    id bigserial PRIMARY KEY,
    account_id smallint NOT NULL REFERENCES accounts,
    status varchar NOT NULL DEFAULT 'trialing',
    trial_ends_at timestamp,
    canceled_at timestamp,
    CHECK (
        status = 'trialing' AND trial_ends_at IS NOT NULL AND canceled_at IS NULL
        OR status = 'active' AND canceled_at IS NULL
        OR status = 'canceled' AND canceled_at IS NOT NULL
    )
);
CREATE UNIQUE INDEX subscriptions_live ON subscriptions (account_id) WHERE status <> 'canceled';
