BEGIN;
ALTER TABLE "tasks" ADD "starts_on" date;
UPDATE "tasks" SET "starts_on" = least("due_on", "created_at"::date);
UPDATE "tasks" SET "due_on" = NULL WHERE "due_on" < DATE '2000-01-01';
ALTER TABLE "tasks" ADD CONSTRAINT "chk_tasks_dates" CHECK ("due_on" IS NULL OR "due_on" >= "starts_on"),
    ADD CONSTRAINT "chk_tasks_due" CHECK ("due_on" >= DATE '2000-01-01'),
    ADD "estimate" interval CHECK ("estimate" > interval '0' AND "estimate" <= interval '1 year');
INSERT INTO "schema_migrations" (version) VALUES ('20230601090039');
COMMIT;
