ALTER TYPE payment_status RENAME VALUE 'canceled' TO 'cancelled';
ALTER TYPE payment_status ADD VALUE 'disputed' AFTER 'captured';
ALTER TABLE payments DROP CONSTRAINT payments_captured;
ALTER TABLE payments ADD CONSTRAINT payments_captured
    CHECK ((status IN ('captured', 'disputed')) = (captured_at IS NOT NULL));
UPDATE payments SET status = 'disputed' WHERE status = 'captured' AND id % 50 = 0;
