BEGIN;
CREATE TABLE carts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id integer REFERENCES customers,
    session_token text CHECK (length(session_token) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL DEFAULT now() + interval '30 days',
    converted_order_id integer UNIQUE REFERENCES orders,
    CHECK (expires_at > created_at),
    CHECK (customer_id IS NOT NULL OR session_token IS NOT NULL)
);
CREATE UNIQUE INDEX carts_one_open ON carts (customer_id) WHERE converted_order_id IS NULL;
CREATE TABLE cart_items (
    cart_id uuid REFERENCES carts ON DELETE CASCADE,
    product_id integer REFERENCES products,
    quantity smallint NOT NULL DEFAULT 1 CHECK (quantity > 0),
    PRIMARY KEY (cart_id, product_id)
);
COMMIT;
