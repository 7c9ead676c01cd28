BEGIN;
-- Two real foreign keys instead of a type and a number; notes whose target is gone go too.
ALTER TABLE "notes" ADD "project_id" bigint REFERENCES "projects" ("id"), ADD "task_id" bigint REFERENCES "tasks" ("id");
UPDATE "notes" SET "project_id" = "notable_id"
WHERE "notable_type" = 'Project' AND EXISTS (SELECT 1 FROM "projects" WHERE "id" = "notable_id");
UPDATE "notes" SET "task_id" = "notable_id"
WHERE "notable_type" = 'Task' AND EXISTS (SELECT 1 FROM "tasks" WHERE "id" = "notable_id");
DELETE FROM "notes" WHERE "project_id" IS NULL AND "task_id" IS NULL;
ALTER TABLE "notes" DROP COLUMN "notable_type", DROP COLUMN "notable_id",
    ADD CONSTRAINT "chk_notes_one_target" CHECK (num_nonnulls("project_id", "task_id") = 1);
INSERT INTO "schema_migrations" (version) VALUES ('20230301090048');
COMMIT;
