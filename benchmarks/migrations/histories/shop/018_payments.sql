BEGIN;
CREATE TYPE payment_status AS ENUM ('pending', 'captured', 'failed', 'canceled');
CREATE TABLE payments (
    id bigserial PRIMARY KEY,
    order_id integer NOT NULL REFERENCES orders,
    provider text NOT NULL CHECK (provider IN ('stripe', 'paypal', 'invoice')),
    reference text NOT NULL CHECK (btrim(reference) <> ''),
    amount numeric(12, 2) NOT NULL CHECK (amount > 0),
    status payment_status NOT NULL DEFAULT 'pending',
    created_at timestamptz NOT NULL DEFAULT now(),
    captured_at timestamptz,
    UNIQUE (provider, reference),
    CONSTRAINT payments_captured CHECK ((status = 'captured') = (captured_at IS NOT NULL)),
    CONSTRAINT payments_in_order CHECK (captured_at >= created_at)
);
CREATE UNIQUE INDEX payments_one_captured ON payments (order_id) WHERE status = 'captured';
COMMIT;
