-- Two parents of a row belong to an organization each: that they are of the same one is only sense, and here a trigger's.
-- parent: organizations
CREATE TABLE organizations (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id serial PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations);
CREATE TABLE products (id serial PRIMARY KEY, organization_id integer NOT NULL REFERENCES organizations, sku text NOT NULL);
INSERT INTO organizations (name) VALUES ('one'), ('two'), ('three');
CREATE TABLE items (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders, product_id integer NOT NULL REFERENCES products, quantity integer NOT NULL);
CREATE FUNCTION same_organization() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE a integer; b integer;
BEGIN
    SELECT organization_id INTO a FROM orders WHERE id = NEW.order_id;
    SELECT organization_id INTO b FROM products WHERE id = NEW.product_id;
    ASSERT a = b, 'order and product are not of one organization';
    RETURN NEW;
END $$;
CREATE TRIGGER same_organization BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION same_organization();
