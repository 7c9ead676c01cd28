-- What is shipped says when, and nothing is shipped before it was ordered.
BEGIN;
ALTER TABLE orders ADD COLUMN shipped_at timestamp;
UPDATE orders SET shipped_at = ordered_at + interval '1 day' WHERE status = 'shipped';
ALTER TABLE orders
    DROP CONSTRAINT orders_status_check,
    ADD CONSTRAINT orders_status_check CHECK (status IN ('new', 'paid', 'shipped', 'cancelled', 'refunded')),
    ADD CONSTRAINT orders_shipped_check CHECK ((status = 'shipped') = (shipped_at IS NOT NULL)),
    ADD CONSTRAINT orders_shipped_after_ordered CHECK (shipped_at >= ordered_at);
COMMIT;
