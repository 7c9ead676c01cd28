-- The status check again, tightened: what is cancelled says why, and only that.
BEGIN;
ALTER TABLE orders ADD COLUMN cancel_reason text, ADD COLUMN cancelled_at timestamp;
UPDATE orders SET cancel_reason = 'unknown', cancelled_at = ordered_at WHERE status IN ('cancelled', 'refunded');
ALTER TABLE orders
    ADD CONSTRAINT orders_cancelled CHECK (
        CASE WHEN status IN ('cancelled', 'refunded')
            THEN cancel_reason IS NOT NULL AND cancelled_at >= ordered_at
            ELSE cancel_reason IS NULL AND cancelled_at IS NULL
        END
    );
REFRESH MATERIALIZED VIEW best_sellers;
COMMIT;
