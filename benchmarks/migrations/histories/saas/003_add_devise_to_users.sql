BEGIN;
-- The address becomes the login: doubles are told apart before the index comes.
UPDATE "users" SET "email" = concat('user', "id", '@example.org')
WHERE "email" = '' OR EXISTS (SELECT 1 FROM "users" "o" WHERE "o"."email" = "users"."email" AND "o"."id" < "users"."id");
ALTER TABLE "users" ADD "reset_password_token" character varying, ADD "reset_password_sent_at" timestamp(6),
    ADD "sign_in_count" integer DEFAULT 0 NOT NULL, ADD "current_sign_in_at" timestamp(6),
    ADD "last_sign_in_at" timestamp(6), ADD "current_sign_in_ip" inet, ADD "last_sign_in_ip" inet;
CREATE UNIQUE INDEX "index_users_on_email" ON "users" ("email");
CREATE UNIQUE INDEX "index_users_on_reset_password_token" ON "users" ("reset_password_token");
INSERT INTO "schema_migrations" (version) VALUES ('20210601090051');
COMMIT;
