BEGIN;
ALTER TABLE "tasks" ADD "position" integer;
UPDATE "tasks" SET "position" = "n" FROM (
    SELECT "id" AS "task", row_number() OVER (PARTITION BY "project_id" ORDER BY "id") AS "n" FROM "tasks"
) "numbered" WHERE "id" = "task";
ALTER TABLE "tasks" ALTER COLUMN "position" SET NOT NULL, ADD CONSTRAINT "chk_tasks_position" CHECK ("position" > 0),
    ADD CONSTRAINT "unique_task_position" UNIQUE ("project_id", "position") DEFERRABLE INITIALLY DEFERRED;
INSERT INTO "schema_migrations" (version) VALUES ('20220401090041');
COMMIT;
