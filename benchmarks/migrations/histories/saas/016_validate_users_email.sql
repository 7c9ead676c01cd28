-- disable_ddl_transaction!
UPDATE "users" SET "email" = concat('user', "id", '@example.org') WHERE position('@' in "email") <= 1;
ALTER TABLE "users" VALIDATE CONSTRAINT "chk_users_email";
INSERT INTO "schema_migrations" (version) VALUES ('20220701090032');
