-- Payments are for orders that are neither drafts nor cancelled, whichever these are.
CREATE TYPE stage AS ENUM ('draft', 'open', 'paid', 'shipped', 'cancelled');
CREATE TABLE orders (id serial PRIMARY KEY, stage stage NOT NULL DEFAULT 'draft', note text);
CREATE TABLE payments (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, cents integer NOT NULL CHECK (cents > 0));
CREATE FUNCTION payable() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held stage;
BEGIN
    SELECT stage INTO held FROM orders WHERE id = NEW.order_id;
    IF held IN ('draft', 'cancelled') THEN RAISE EXCEPTION 'an order that is % is not paid', held; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payable BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION payable();
