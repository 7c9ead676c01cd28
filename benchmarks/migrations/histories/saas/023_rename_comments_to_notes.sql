BEGIN;
ALTER TABLE "comments" RENAME TO "notes";
ALTER TABLE "notes" RENAME COLUMN "commentable_type" TO "notable_type";
ALTER TABLE "notes" RENAME COLUMN "commentable_id" TO "notable_id";
ALTER INDEX "index_comments_on_commentable" RENAME TO "index_notes_on_notable";
ALTER SEQUENCE "comments_id_seq" RENAME TO "notes_id_seq";
ALTER TABLE "tasks" RENAME COLUMN "comments_count" TO "notes_count";
INSERT INTO "schema_migrations" (version) VALUES ('20221401090031');
COMMIT;
