-- disable_ddl_transaction!
ALTER TABLE "projects" ADD "slug" character varying;
UPDATE "projects" SET "slug" = concat(
    coalesce(nullif(trim(both '-' from regexp_replace(lower("name"), '[^a-z0-9]+', '-', 'g')), ''), 'project'), '-', "id"
);
ALTER TABLE "projects" ALTER COLUMN "slug" SET NOT NULL,
    ADD CONSTRAINT "chk_projects_slug" CHECK ("slug" = lower("slug") AND "slug" !~ '[^a-z0-9-]' AND "slug" <> '');
CREATE UNIQUE INDEX CONCURRENTLY "index_projects_on_slug" ON "projects" ("account_id", "slug");
INSERT INTO "schema_migrations" (version) VALUES ('20230801090013');
