BEGIN;
UPDATE order_lines SET qty = least(greatest(qty, 1), 1000) WHERE qty NOT BETWEEN 1 AND 1000;
ALTER TABLE order_lines ADD CONSTRAINT order_lines_qty_check CHECK (qty BETWEEN 1 AND 1000);
UPDATE order_lines SET price = 0 WHERE price < 0;
ALTER TABLE order_lines ADD CONSTRAINT order_lines_price_check CHECK (price >= 0);
COMMIT;
