-- disable_ddl_transaction!
ALTER TABLE "tasks" ADD "comments_count" integer DEFAULT 0 NOT NULL;
UPDATE "tasks" SET "comments_count" = (
    SELECT count(*) FROM "comments" WHERE "commentable_type" = 'Task' AND "commentable_id" = "tasks"."id"
);
CREATE INDEX CONCURRENTLY "index_comments_on_user_id" ON "comments" ("user_id");
INSERT INTO "schema_migrations" (version) VALUES ('20210901090042');
