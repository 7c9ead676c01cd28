BEGIN;
-- One customer becomes many: everything gets an account, first a single one.
CREATE TABLE "accounts" (
    "id" bigserial PRIMARY KEY, "name" character varying NOT NULL, "subdomain" character varying NOT NULL,
    "settings" jsonb DEFAULT '{}' NOT NULL, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL,
    CONSTRAINT "chk_accounts_subdomain" CHECK ("subdomain" ~ '^[a-z][a-z0-9-]{1,61}[a-z0-9]$')
);
CREATE UNIQUE INDEX "index_accounts_on_subdomain" ON "accounts" ("subdomain");
INSERT INTO "accounts" ("name", "subdomain", "created_at", "updated_at") VALUES ('Founders', 'founders', now(), now());
ALTER TABLE "projects" ADD "account_id" bigint REFERENCES "accounts" ("id");
UPDATE "projects" SET "account_id" = (SELECT min("id") FROM "accounts");
ALTER TABLE "projects" ALTER COLUMN "account_id" SET NOT NULL;
INSERT INTO "schema_migrations" (version) VALUES ('20211201090033');
COMMIT;
