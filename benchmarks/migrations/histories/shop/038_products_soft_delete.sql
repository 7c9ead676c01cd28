BEGIN;
ALTER TABLE products ADD COLUMN deleted_at timestamp, DROP CONSTRAINT products_sku_key;
CREATE UNIQUE INDEX products_sku_live ON products (sku) WHERE deleted_at IS NULL;
ALTER TABLE products ADD CONSTRAINT products_deleted_after_created CHECK (deleted_at >= created_at);
CREATE VIEW live_products AS SELECT * FROM products WHERE deleted_at IS NULL;
COMMIT;
