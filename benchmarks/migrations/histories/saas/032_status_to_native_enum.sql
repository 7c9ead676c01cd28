BEGIN;
-- The integers become a type of their own.
CREATE TYPE "task_status" AS ENUM ('open', 'started', 'closed');
ALTER TABLE "tasks" DROP CONSTRAINT "chk_rails_task_status", ALTER COLUMN "status" DROP DEFAULT;
DROP TRIGGER "version_tasks" ON "tasks";
ALTER TABLE "tasks" ALTER COLUMN "status" TYPE "task_status" USING (
    CASE "status" WHEN 0 THEN 'open' WHEN 1 THEN 'started' ELSE 'closed' END::"task_status"
);
ALTER TABLE "tasks" ALTER COLUMN "status" SET DEFAULT 'open', ADD "closed_at" timestamp(6);
UPDATE "tasks" SET "closed_at" = "updated_at" WHERE "status" = 'closed';
ALTER TABLE "tasks" ADD CONSTRAINT "chk_tasks_closed" CHECK ("status" = 'closed' OR "closed_at" IS NULL);
CREATE TRIGGER "version_tasks" AFTER INSERT OR UPDATE OF "title", "status" ON "tasks"
FOR EACH ROW EXECUTE FUNCTION "record_version"();
INSERT INTO "schema_migrations" (version) VALUES ('20231101090004');
COMMIT;
