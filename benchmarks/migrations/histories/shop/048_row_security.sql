-- The shop's own login sees its store only.
BEGIN;
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY orders_of_store ON orders
    USING (store_id = current_setting('app.store_id', true)::smallint)
    WITH CHECK (store_id = current_setting('app.store_id', true)::smallint);
ALTER TABLE invoices ENABLE ROW LEVEL SECURITY;
CREATE POLICY invoices_of_store ON invoices USING (store_id = current_setting('app.store_id', true)::smallint);
COMMIT;
