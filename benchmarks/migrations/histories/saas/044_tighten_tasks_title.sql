BEGIN;
UPDATE "tasks" SET "title" = left(coalesce(nullif(btrim("title"), ''), 'Untitled'), 120);
DROP TRIGGER "version_tasks" ON "tasks";
ALTER TABLE "tasks" ALTER COLUMN "title" TYPE character varying(120),
    ADD CONSTRAINT "chk_tasks_title" CHECK (char_length(btrim("title")) BETWEEN 1 AND 120 AND "title" = btrim("title"));
CREATE TRIGGER "version_tasks" AFTER INSERT OR UPDATE OF "title", "status" ON "tasks"
FOR EACH ROW EXECUTE FUNCTION "record_version"();
INSERT INTO "schema_migrations" (version) VALUES ('20241101090028');
COMMIT;
