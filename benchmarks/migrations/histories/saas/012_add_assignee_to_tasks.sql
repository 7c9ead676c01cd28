BEGIN;
-- Whoever a task is given to is a member of its account.
ALTER TABLE "tasks" ADD "assignee_id" bigint,
    ADD CONSTRAINT "fk_tasks_assignee" FOREIGN KEY ("account_id", "assignee_id")
    REFERENCES "memberships" ("account_id", "user_id");
UPDATE "tasks" SET "assignee_id" = "memberships"."user_id" FROM "projects" JOIN "memberships" USING ("account_id", "user_id")
WHERE "projects"."id" = "tasks"."project_id";
INSERT INTO "schema_migrations" (version) VALUES ('20220301090024');
COMMIT;
