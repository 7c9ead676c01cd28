BEGIN;
-- The owner of an account becomes a column of it, and the account of a user's first membership a cycle that is required.
ALTER TABLE "accounts" ADD "owner_id" bigint;
UPDATE "accounts" SET "owner_id" = coalesce(
    (SELECT min("user_id") FROM "memberships" WHERE "account_id" = "accounts"."id"),
    (SELECT min("id") FROM "users")
);
DELETE FROM "subscriptions" WHERE "account_id" IN (SELECT "id" FROM "accounts" WHERE "owner_id" IS NULL);
DELETE FROM "accounts" WHERE "owner_id" IS NULL;
ALTER TABLE "accounts" ALTER COLUMN "owner_id" SET NOT NULL,
    ADD CONSTRAINT "fk_accounts_owner" FOREIGN KEY ("owner_id") REFERENCES "users" ("id");
INSERT INTO "schema_migrations" (version) VALUES ('20230501090022');
COMMIT;
