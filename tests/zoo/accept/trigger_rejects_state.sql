-- New rows must begin in a state that only the trigger names.
CREATE TYPE state AS ENUM ('draft', 'sent', 'paid');
CREATE TABLE invoices (id serial PRIMARY KEY, state state NOT NULL, stage text NOT NULL, total numeric(10, 2) NOT NULL);
CREATE FUNCTION begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state::text NOT IN ('draft') OR NEW.stage IS DISTINCT FROM 'opening' THEN
            RAISE EXCEPTION 'an invoice begins as a draft';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT OR UPDATE ON invoices FOR EACH ROW EXECUTE FUNCTION begins();
