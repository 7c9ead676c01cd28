BEGIN;
-- The tenant in every key: a task is of its project's account.
CREATE UNIQUE INDEX "index_projects_on_account_id_and_id" ON "projects" ("account_id", "id");
ALTER TABLE "tasks" ADD "account_id" bigint;
UPDATE "tasks" SET "account_id" = "projects"."account_id" FROM "projects" WHERE "projects"."id" = "tasks"."project_id";
ALTER TABLE "tasks" ALTER COLUMN "account_id" SET NOT NULL, DROP CONSTRAINT "fk_rails_02e851e3b7",
    ADD CONSTRAINT "fk_tasks_project" FOREIGN KEY ("account_id", "project_id") REFERENCES "projects" ("account_id", "id");
CREATE UNIQUE INDEX "index_tasks_on_account_id_and_id" ON "tasks" ("account_id", "id");
INSERT INTO "schema_migrations" (version) VALUES ('20211401090007');
COMMIT;
