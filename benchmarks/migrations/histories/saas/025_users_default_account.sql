BEGIN;
-- A cycle: a user opens in a default account, which is one of those the user is a member of.
ALTER TABLE "users" ADD "default_account_id" bigint;
UPDATE "users" SET "default_account_id" = (SELECT min("account_id") FROM "memberships" WHERE "user_id" = "users"."id");
ALTER TABLE "users" ADD CONSTRAINT "fk_users_default_account" FOREIGN KEY ("default_account_id", "id")
    REFERENCES "memberships" ("account_id", "user_id") DEFERRABLE INITIALLY DEFERRED;
INSERT INTO "schema_migrations" (version) VALUES ('20230401090005');
COMMIT;
