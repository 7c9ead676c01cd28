BEGIN;
ALTER TABLE order_items
    ADD COLUMN line_total numeric(14, 2) NOT NULL GENERATED ALWAYS AS (quantity * unit_price) STORED;
ALTER TABLE products
    ADD COLUMN search tsvector GENERATED ALWAYS AS (
        to_tsvector('english', name || ' ' || coalesce(description, ''))
    ) STORED;
CREATE INDEX products_search ON products USING gin (search);
CREATE VIEW order_totals AS SELECT order_id, sum(line_total) AS total FROM order_items GROUP BY order_id;
CREATE MATERIALIZED VIEW best_sellers AS
SELECT product_id, sum(quantity) AS sold, sum(line_total) AS turnover FROM order_items GROUP BY product_id;
CREATE UNIQUE INDEX best_sellers_product ON best_sellers (product_id);
COMMIT;
REFRESH MATERIALIZED VIEW CONCURRENTLY best_sellers;
