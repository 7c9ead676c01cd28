-- Lines of an order are numbered, hold a product once, and only products of the order's own firm, says a trigger.
CREATE TABLE firms (id serial PRIMARY KEY, name text NOT NULL UNIQUE CHECK (name IN ('a', 'b', 'c')));
CREATE TABLE products (id serial PRIMARY KEY, firm_id integer NOT NULL REFERENCES firms, name text NOT NULL);
CREATE TABLE orders (id serial PRIMARY KEY, firm_id integer NOT NULL REFERENCES firms, note text);
CREATE TABLE lines (
    order_id integer NOT NULL REFERENCES orders, no smallint NOT NULL CHECK (no > 0), product_id integer NOT NULL REFERENCES products,
    PRIMARY KEY (order_id, no), UNIQUE (order_id, product_id)
);
CREATE FUNCTION same_firm() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    ASSERT (SELECT firm_id FROM orders WHERE id = NEW.order_id) = (SELECT firm_id FROM products WHERE id = NEW.product_id), 'two firms';
    RETURN NEW;
END $$;
CREATE TRIGGER same_firm BEFORE INSERT ON lines FOR EACH ROW EXECUTE FUNCTION same_firm();
-- rows: firms=3
