BEGIN;
UPDATE orders SET total = 0 WHERE total IS NULL;
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2), ALTER COLUMN total SET NOT NULL;
ALTER TABLE orders RENAME COLUMN total TO total_amount;
ALTER TABLE products RENAME COLUMN price TO unit_price;
ALTER TABLE order_lines RENAME COLUMN price TO unit_price;
ALTER TABLE products RENAME CONSTRAINT products_price_check TO products_unit_price_check;
COMMIT;
