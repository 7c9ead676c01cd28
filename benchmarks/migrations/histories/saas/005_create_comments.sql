BEGIN;
CREATE TABLE "comments" (
    "id" bigserial PRIMARY KEY, "commentable_type" character varying NOT NULL, "commentable_id" bigint NOT NULL,
    "user_id" bigint NOT NULL REFERENCES "users" ("id"), "body" text NOT NULL,
    "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL,
    CONSTRAINT "comments_type" CHECK ("commentable_type" IN ('Project', 'Task'))
);
CREATE INDEX "index_comments_on_commentable" ON "comments" ("commentable_type", "commentable_id");
INSERT INTO "schema_migrations" (version) VALUES ('20210801090025');
COMMIT;
