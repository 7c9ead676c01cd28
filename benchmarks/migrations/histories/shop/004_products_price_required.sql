BEGIN;
UPDATE products SET price = 0 WHERE price IS NULL OR price < 0;
ALTER TABLE products
    ALTER COLUMN price SET NOT NULL,
    ADD CONSTRAINT products_price_check CHECK (price >= 0);
COMMIT;
