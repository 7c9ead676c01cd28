ALTER TABLE orders
    ADD COLUMN coupon_id integer REFERENCES coupons ON DELETE SET NULL,
    ADD COLUMN discount numeric(10, 2) NOT NULL DEFAULT 0 CHECK (discount >= 0),
    ADD CONSTRAINT orders_discount_needs_coupon CHECK (coupon_id IS NOT NULL OR discount = 0);
