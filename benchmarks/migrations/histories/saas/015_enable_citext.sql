BEGIN;
CREATE EXTENSION IF NOT EXISTS "citext";
UPDATE "users" SET "email" = concat("id", '-', "email")
WHERE EXISTS (
    SELECT 1 FROM "users" "o" WHERE lower("o"."email") = lower("users"."email") AND "o"."id" < "users"."id"
);
ALTER TABLE "users" ALTER COLUMN "email" TYPE citext, ALTER COLUMN "email" DROP DEFAULT,
    ADD CONSTRAINT "chk_users_email" CHECK (position('@' in "email") > 1) NOT VALID;
INSERT INTO "schema_migrations" (version) VALUES ('20220601090015');
COMMIT;
