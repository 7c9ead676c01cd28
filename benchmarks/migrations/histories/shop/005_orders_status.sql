-- A NOT NULL column on a full table.
ALTER TABLE orders
    ADD COLUMN status text NOT NULL DEFAULT 'new'
    CONSTRAINT orders_status_check CHECK (status IN ('new', 'paid', 'shipped', 'cancelled'));
