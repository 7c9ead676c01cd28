BEGIN;
ALTER TABLE "projects" ADD "deleted_at" timestamp(6), ADD "deleted_by_id" bigint REFERENCES "users" ("id");
ALTER TABLE "projects" ADD CONSTRAINT "chk_projects_deleted" CHECK (("deleted_at" IS NULL) = ("deleted_by_id" IS NULL));
DROP INDEX "index_projects_on_slug";
CREATE UNIQUE INDEX "index_projects_on_live_slug" ON "projects" ("account_id", "slug") WHERE "deleted_at" IS NULL;
CREATE VIEW "live_projects" AS SELECT * FROM "projects" WHERE "deleted_at" IS NULL;
INSERT INTO "schema_migrations" (version) VALUES ('20230901090030');
COMMIT;
