BEGIN;
UPDATE "tasks" SET "done" = FALSE WHERE "done" IS NULL;
UPDATE "tasks" SET "title" = 'Untitled' WHERE "title" IS NULL;
ALTER TABLE "tasks" ALTER COLUMN "done" SET DEFAULT FALSE, ALTER COLUMN "done" SET NOT NULL,
    ALTER COLUMN "title" SET NOT NULL;
INSERT INTO "schema_migrations" (version) VALUES ('20210501090034');
COMMIT;
