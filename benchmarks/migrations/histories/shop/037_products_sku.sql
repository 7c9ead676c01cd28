BEGIN;
ALTER TABLE products ADD COLUMN sku text;
UPDATE products SET sku = 'SKU-' || lpad(id::text, 6, '0');
ALTER TABLE products
    ALTER COLUMN sku SET NOT NULL,
    ADD CONSTRAINT products_sku_key UNIQUE (sku),
    ADD CONSTRAINT products_sku_format CHECK (sku ~ '^[A-Z]{3}-\d{6}$');
COMMIT;
