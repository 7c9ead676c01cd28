BEGIN;
DROP VIEW catalog.live_products;
ALTER TABLE catalog.products ADD COLUMN title jsonb;
UPDATE catalog.products SET title = jsonb_build_object('en', name);
ALTER TABLE catalog.products
    ALTER COLUMN title SET NOT NULL,
    ADD CONSTRAINT products_title_check CHECK (jsonb_typeof(title) = 'object' AND title ? 'en'),
    DROP COLUMN search,
    DROP COLUMN name;
CREATE VIEW catalog.live_products AS
SELECT id, sku, title ->> 'en' AS title, unit_price FROM catalog.products WHERE deleted_at IS NULL;
COMMIT;
