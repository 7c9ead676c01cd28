-- disable_ddl_transaction!
ALTER TYPE "task_status" RENAME VALUE 'started' TO 'in_progress';
ALTER TYPE "task_status" ADD VALUE IF NOT EXISTS 'blocked' AFTER 'in_progress';
ALTER TABLE "tasks" ADD "blocked_reason" text;
ALTER TABLE "tasks" ADD CONSTRAINT "chk_tasks_blocked" CHECK (("status" = 'blocked') = ("blocked_reason" IS NOT NULL));
INSERT INTO "schema_migrations" (version) VALUES ('20231201090021');
