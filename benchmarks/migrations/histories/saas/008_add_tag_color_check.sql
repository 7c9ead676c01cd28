BEGIN;
UPDATE "tags" SET "color" = '#cccccc' WHERE "color" IS NULL OR "color" !~ '^#[0-9a-f]{6}$';
ALTER TABLE "tags" ALTER COLUMN "color" SET NOT NULL, ALTER COLUMN "color" SET DEFAULT '#cccccc';
ALTER TABLE "tags" ADD CONSTRAINT "chk_tags_color" CHECK ("color" ~ '^#[0-9a-f]{6}$');
INSERT INTO "schema_migrations" (version) VALUES ('20211101090016');
COMMIT;
