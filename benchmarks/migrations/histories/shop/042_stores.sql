-- Several stores share the shop: everything that is sold gets one, and its warehouse is of the same.
BEGIN;
CREATE TABLE stores (
    id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    currency char(3) NOT NULL DEFAULT 'EUR' CHECK (currency ~ '^[A-Z]{3}$')
);
INSERT INTO stores (name) VALUES ('Main store');
ALTER TABLE warehouses ADD COLUMN store_id smallint REFERENCES stores;
UPDATE warehouses SET store_id = 1;
ALTER TABLE warehouses ALTER COLUMN store_id SET NOT NULL, ADD UNIQUE (store_id, id);
ALTER TABLE orders ADD COLUMN store_id smallint REFERENCES stores, ADD COLUMN warehouse_id integer;
UPDATE orders SET store_id = 1, warehouse_id = (SELECT min(id) FROM warehouses);
ALTER TABLE orders
    ALTER COLUMN store_id SET NOT NULL,
    ADD CONSTRAINT orders_warehouse_fkey FOREIGN KEY (store_id, warehouse_id) REFERENCES warehouses (store_id, id);
COMMIT;
