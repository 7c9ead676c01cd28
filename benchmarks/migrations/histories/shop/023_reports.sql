BEGIN;
CREATE VIEW order_totals AS
SELECT o.id, o.customer_id, sum(l.qty * l.unit_price) AS total, count(*) AS lines
FROM orders AS o JOIN order_lines AS l ON l.order_id = o.id GROUP BY o.id;
CREATE FUNCTION order_total(wanted integer) RETURNS numeric LANGUAGE sql STABLE AS
'SELECT coalesce(sum(qty * unit_price), 0) FROM order_lines WHERE order_id = wanted';
CREATE MATERIALIZED VIEW best_sellers AS
SELECT product_id, sum(qty) AS sold FROM order_lines GROUP BY product_id;
CREATE UNIQUE INDEX best_sellers_product ON best_sellers (product_id);
COMMIT;
