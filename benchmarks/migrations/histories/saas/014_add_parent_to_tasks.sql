BEGIN;
ALTER TABLE "tasks" ADD "parent_id" bigint,
    ADD CONSTRAINT "fk_tasks_parent" FOREIGN KEY ("account_id", "parent_id") REFERENCES "tasks" ("account_id", "id"),
    ADD CONSTRAINT "chk_tasks_parent" CHECK ("parent_id" <> "id");
INSERT INTO "schema_migrations" (version) VALUES ('20220501090058');
COMMIT;
