BEGIN;
ALTER TABLE "tasks" ADD "status" integer DEFAULT 0 NOT NULL;
UPDATE "tasks" SET "status" = 2 WHERE "done";
ALTER TABLE "tasks" ADD CONSTRAINT "chk_rails_task_status" CHECK ("status" IN (0, 1, 2));
ALTER TABLE "tasks" DROP COLUMN "done";
INSERT INTO "schema_migrations" (version) VALUES ('20210701090008');
COMMIT;
