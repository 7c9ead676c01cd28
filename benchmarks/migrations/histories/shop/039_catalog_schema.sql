-- The catalogue moves to a schema of its own; what names its tables is written anew.
BEGIN;
CREATE SCHEMA catalog;
DROP VIEW live_products;
ALTER TABLE products SET SCHEMA catalog;
ALTER TABLE categories SET SCHEMA catalog;
ALTER TABLE category_paths SET SCHEMA catalog;
ALTER TABLE product_categories SET SCHEMA catalog;
ALTER TABLE product_prices SET SCHEMA catalog;
CREATE VIEW catalog.live_products AS SELECT id, sku, name, unit_price FROM catalog.products WHERE deleted_at IS NULL;
CREATE OR REPLACE FUNCTION add_category_paths() RETURNS trigger LANGUAGE plpgsql SET search_path = catalog AS $$
BEGIN
    INSERT INTO category_paths (ancestor_id, descendant_id, depth)
    SELECT NEW.id, NEW.id, 0
    UNION ALL
    SELECT ancestor_id, NEW.id, depth + 1 FROM category_paths WHERE descendant_id = NEW.parent_id;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION count_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE catalog.products
    SET review_count = review_count + 1, rating_sum = rating_sum + NEW.rating
    WHERE id = NEW.product_id;
    RETURN NULL;
END $$;
COMMIT;
