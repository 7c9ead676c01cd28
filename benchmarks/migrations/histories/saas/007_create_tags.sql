BEGIN;
CREATE TABLE "tags" ("id" bigserial PRIMARY KEY, "name" character varying(40) NOT NULL, "color" character varying(7));
CREATE UNIQUE INDEX "index_tags_on_lower_name" ON "tags" (lower("name"));
CREATE TABLE "tags_tasks" (
    "tag_id" bigint NOT NULL REFERENCES "tags" ("id"), "task_id" bigint NOT NULL REFERENCES "tasks" ("id")
);
CREATE UNIQUE INDEX "index_tags_tasks_on_tag_id_and_task_id" ON "tags_tasks" ("tag_id", "task_id");
INSERT INTO "schema_migrations" (version) VALUES ('20211001090059');
COMMIT;
