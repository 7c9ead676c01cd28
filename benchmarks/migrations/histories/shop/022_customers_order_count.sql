BEGIN;
ALTER TABLE customers
    ADD COLUMN order_count integer NOT NULL DEFAULT 0 CHECK (order_count >= 0),
    ADD COLUMN last_ordered_at timestamp;
UPDATE customers AS c
SET order_count = o.n, last_ordered_at = o.last
FROM (SELECT customer_id, count(*) AS n, max(ordered_at) AS last FROM orders GROUP BY customer_id) AS o
WHERE o.customer_id = c.id;
CREATE FUNCTION count_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE customers
    SET order_count = order_count + 1, last_ordered_at = greatest(last_ordered_at, NEW.ordered_at)
    WHERE id = NEW.customer_id;
    RETURN NEW;
END $$;
CREATE TRIGGER count_order AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION count_order();
COMMIT;
