BEGIN;
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $$;
ALTER TABLE customers RENAME COLUMN created TO created_at;
ALTER TABLE customers ADD COLUMN updated_at timestamp NOT NULL DEFAULT now();
ALTER TABLE products ADD COLUMN created_at timestamp NOT NULL DEFAULT now(), ADD COLUMN updated_at timestamp;
ALTER TABLE orders ADD COLUMN updated_at timestamp NOT NULL DEFAULT now();
CREATE TRIGGER touch BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON products FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
COMMIT;
