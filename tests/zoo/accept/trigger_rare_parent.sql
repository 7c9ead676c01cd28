-- A trigger takes children of one kind of parent only, and the list of kinds is long.
CREATE TABLE products (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name varchar(120) NOT NULL,
    category text NOT NULL CHECK (category IN ('electronics', 'books', 'toys', 'garden', 'groceries', 'sports', 'beauty',
        'automotive', 'office', 'pets', 'antiques', 'gift_card')),
    price numeric(8, 2) NOT NULL CHECK (price >= 0)
);
CREATE TABLE vouchers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES products,
    code varchar(16) NOT NULL UNIQUE
);
CREATE FUNCTION vouchers_are_of_gift_cards() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE sort text;
BEGIN
    SELECT p.category INTO sort FROM public.products p WHERE p.id = NEW.product_id;
    IF sort IS DISTINCT FROM 'gift_card' THEN
        RAISE EXCEPTION 'product % is no gift card', NEW.product_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vouchers_check BEFORE INSERT OR UPDATE ON vouchers FOR EACH ROW EXECUTE FUNCTION vouchers_are_of_gift_cards();
