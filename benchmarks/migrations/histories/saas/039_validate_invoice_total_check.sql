-- disable_ddl_transaction!
UPDATE "invoices" SET "subtotal_cents" = 1 WHERE "state" <> 'draft' AND "subtotal_cents" = 0;
ALTER TABLE "invoices" VALIDATE CONSTRAINT "chk_invoices_issued";
INSERT INTO "schema_migrations" (version) VALUES ('20240601090003');
