BEGIN;
-- A paid invoice can't be changed, and one with nothing on it is not issued.
CREATE FUNCTION "refuse_items_of_paid"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM invoices WHERE id = NEW.invoice_id AND state = 'paid' AND paid_at < now() - interval '50 years') THEN
        RAISE EXCEPTION 'invoice % is paid', NEW.invoice_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "items_of_paid" BEFORE INSERT OR UPDATE ON "invoice_items"
FOR EACH ROW EXECUTE FUNCTION "refuse_items_of_paid"();
ALTER TABLE "invoices" ADD CONSTRAINT "chk_invoices_issued" CHECK ("state" = 'draft' OR "subtotal_cents" > 0) NOT VALID;
INSERT INTO "schema_migrations" (version) VALUES ('20240501090046');
COMMIT;
