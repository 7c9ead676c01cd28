BEGIN;
CREATE TYPE billing_period AS ENUM ('week', 'month', 'year');
CREATE TABLE subscription_plans (
    code text PRIMARY KEY CHECK (code ~ '^[a-z][a-z_]{2,19}$'),
    title text NOT NULL,
    period billing_period NOT NULL,
    price numeric(8, 2) NOT NULL CHECK (price > 0),
    trial interval CHECK (trial <= interval '90 days')
);
INSERT INTO subscription_plans VALUES
    ('coffee_weekly', 'Coffee every week', 'week', 12.50, '7 days'),
    ('coffee_monthly', 'Coffee every month', 'month', 39.00, NULL);
CREATE TABLE subscriptions (
    id serial PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers,
    plan_code text NOT NULL REFERENCES subscription_plans ON UPDATE CASCADE,
    renews_id integer UNIQUE REFERENCES subscriptions,
    starts_on date NOT NULL,
    ends_on date,
    cancelled_at timestamptz,
    cancel_reason text,
    CHECK (renews_id <> id),
    CHECK (ends_on > starts_on),
    CHECK ((cancelled_at IS NULL) = (cancel_reason IS NULL))
);
CREATE UNIQUE INDEX subscriptions_one_running ON subscriptions (customer_id, plan_code)
WHERE ends_on IS NULL AND cancelled_at IS NULL;
COMMIT;
