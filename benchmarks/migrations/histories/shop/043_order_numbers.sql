BEGIN;
ALTER TABLE orders ADD COLUMN number bigint;
UPDATE orders SET number = n FROM (
    SELECT id AS wanted, row_number() OVER (PARTITION BY store_id ORDER BY ordered_at, id) AS n FROM orders
) AS numbered WHERE id = wanted;
CREATE SEQUENCE order_numbers START 100000 OWNED BY orders.number;
ALTER TABLE orders
    ALTER COLUMN number SET DEFAULT nextval('order_numbers'),
    ALTER COLUMN number SET NOT NULL,
    ADD CONSTRAINT orders_number_check CHECK (number > 0),
    ADD CONSTRAINT orders_number_key UNIQUE (store_id, number);
SELECT setval('order_numbers', greatest(100000, (SELECT max(number) FROM orders)));
COMMIT;
