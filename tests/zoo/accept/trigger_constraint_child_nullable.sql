-- Each invoice must have a line at commit, though a line need not have an invoice; the trigger speaks as a CHECK would.
CREATE TABLE invoices (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), number text NOT NULL UNIQUE);
CREATE TABLE invoice_lines (id bigserial PRIMARY KEY, invoice_id uuid REFERENCES invoices, amount numeric(10, 2) NOT NULL CHECK (amount > 0));
CREATE FUNCTION has_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM invoice_lines l WHERE l.invoice_id = NEW.id) = 0 THEN
        RAISE EXCEPTION 'an invoice needs a line' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER has_line AFTER INSERT OR UPDATE ON invoices DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION has_line();
