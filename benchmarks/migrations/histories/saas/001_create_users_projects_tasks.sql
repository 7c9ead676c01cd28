BEGIN;
CREATE TABLE "schema_migrations" ("version" character varying NOT NULL PRIMARY KEY);
CREATE TABLE "ar_internal_metadata" (
    "key" character varying NOT NULL PRIMARY KEY, "value" character varying,
    "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL
);
INSERT INTO "ar_internal_metadata" VALUES ('environment', 'development', now(), now());
CREATE TABLE "users" (
    "id" bigserial PRIMARY KEY, "name" character varying, "email" character varying DEFAULT '' NOT NULL,
    "encrypted_password" character varying DEFAULT '' NOT NULL,
    "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL
);
CREATE TABLE "projects" (
    "id" bigserial PRIMARY KEY, "name" character varying NOT NULL, "user_id" bigint NOT NULL,
    "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL,
    CONSTRAINT "fk_rails_b872a6760a" FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);
CREATE TABLE "tasks" (
    "id" bigserial PRIMARY KEY, "project_id" bigint NOT NULL, "title" character varying, "done" boolean,
    "due_on" date, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL,
    CONSTRAINT "fk_rails_02e851e3b7" FOREIGN KEY ("project_id") REFERENCES "projects" ("id")
);
CREATE INDEX "index_projects_on_user_id" ON "projects" ("user_id");
CREATE INDEX "index_tasks_on_project_id" ON "tasks" ("project_id");
INSERT INTO "schema_migrations" (version) VALUES ('20210401090017');
COMMIT;
