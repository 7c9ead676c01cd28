-- Nothing happens before its parents exist, over three generations, beside keys that may be absent.
CREATE TABLE customers (id serial PRIMARY KEY, name text NOT NULL, registered_at timestamptz NOT NULL);
CREATE TABLE coupons (id serial PRIMARY KEY, code text NOT NULL, created_on date NOT NULL);
CREATE TABLE orders (id serial PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, coupon_id integer REFERENCES coupons, ordered_at timestamptz NOT NULL, shipped_at timestamptz);
CREATE TABLE returns (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, created_at timestamptz NOT NULL, note text);
CREATE FUNCTION after_customer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.ordered_at < (SELECT registered_at FROM customers WHERE id = NEW.customer_id) THEN RAISE EXCEPTION 'ordered before the customer came'; END IF; RETURN NEW; END $$;
CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION after_customer();
CREATE FUNCTION after_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.created_at < (SELECT ordered_at FROM orders WHERE id = NEW.order_id) THEN RAISE EXCEPTION 'returned before it was ordered'; END IF; RETURN NEW; END $$;
CREATE TRIGGER t BEFORE INSERT ON returns FOR EACH ROW EXECUTE FUNCTION after_order();
