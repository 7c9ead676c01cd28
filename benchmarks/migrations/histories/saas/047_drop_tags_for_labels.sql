BEGIN;
CREATE TABLE "labels" (
    "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "account_id" bigint NOT NULL REFERENCES "accounts" ("id"),
    "name" citext NOT NULL, "color" character varying(7) NOT NULL CHECK ("color" ~ '^#[0-9a-f]{6}$'),
    UNIQUE ("account_id", "name"), UNIQUE ("account_id", "id")
);
INSERT INTO "labels" ("account_id", "name", "color")
SELECT DISTINCT "tasks"."account_id", "tags"."name", "tags"."color"
FROM "tags" JOIN "tags_tasks" ON "tag_id" = "tags"."id" JOIN "tasks" ON "tasks"."id" = "task_id";
CREATE TABLE "labelings" (
    "account_id" bigint NOT NULL, "label_id" bigint NOT NULL, "task_id" bigint NOT NULL,
    PRIMARY KEY ("label_id", "task_id"),
    FOREIGN KEY ("account_id", "label_id") REFERENCES "labels" ("account_id", "id"),
    FOREIGN KEY ("account_id", "task_id") REFERENCES "tasks" ("account_id", "id")
);
INSERT INTO "labelings"
SELECT "tasks"."account_id", "labels"."id", "tasks"."id"
FROM "tags_tasks" JOIN "tags" ON "tags"."id" = "tag_id" JOIN "tasks" ON "tasks"."id" = "task_id"
JOIN "labels" ON "labels"."account_id" = "tasks"."account_id" AND "labels"."name" = "tags"."name";
DROP TABLE "tags_tasks";
DROP TABLE "tags";
INSERT INTO "schema_migrations" (version) VALUES ('20241401090019');
COMMIT;
