BEGIN;
CREATE TABLE "invoices" (
    "id" bigserial PRIMARY KEY, "account_id" bigint NOT NULL REFERENCES "accounts" ("id"),
    "number" character varying(12) NOT NULL, "state" character varying DEFAULT 'draft' NOT NULL,
    "subtotal_cents" bigint DEFAULT 0 NOT NULL, "tax_cents" bigint DEFAULT 0 NOT NULL,
    "total_cents" bigint GENERATED ALWAYS AS ("subtotal_cents" + "tax_cents") STORED,
    "issued_on" date, "due_on" date, "paid_at" timestamp(6),
    CONSTRAINT "unique_invoice_number" UNIQUE ("account_id", "number"),
    CONSTRAINT "invoices_of_account" UNIQUE ("account_id", "id"),
    CONSTRAINT "chk_invoices_number" CHECK ("number" ~ '^INV-\d{4,8}$'),
    CONSTRAINT "chk_invoices_amounts" CHECK ("subtotal_cents" >= 0 AND "tax_cents" BETWEEN 0 AND "subtotal_cents"),
    CONSTRAINT "chk_invoices_state" CHECK (
        "state" = 'draft' AND num_nonnulls("issued_on", "due_on", "paid_at") = 0
        OR "state" = 'open' AND num_nulls("issued_on", "due_on") = 0 AND "paid_at" IS NULL AND "due_on" >= "issued_on"
        OR "state" = 'paid' AND num_nulls("issued_on", "due_on", "paid_at") = 0 AND "due_on" >= "issued_on"
            AND "paid_at" >= "issued_on"
    )
);
CREATE TABLE "invoice_items" (
    "id" bigserial PRIMARY KEY, "account_id" bigint NOT NULL, "invoice_id" bigint NOT NULL,
    "description" character varying NOT NULL, "quantity" numeric(8, 2) DEFAULT 1 NOT NULL, "unit_cents" integer NOT NULL,
    "time_entry_id" bigint UNIQUE REFERENCES "time_entries" ("id"),
    CONSTRAINT "fk_items_invoice" FOREIGN KEY ("account_id", "invoice_id") REFERENCES "invoices" ("account_id", "id"),
    CONSTRAINT "chk_items_quantity" CHECK ("quantity" > 0 AND "quantity" * "unit_cents" <= 100000000)
);
INSERT INTO "schema_migrations" (version) VALUES ('20240401090029');
COMMIT;
