BEGIN;
-- Projects in folders, with a table of all ancestors that triggers keep.
CREATE TABLE "folders" (
    "id" bigserial PRIMARY KEY, "account_id" bigint NOT NULL REFERENCES "accounts" ("id"), "parent_id" bigint,
    "name" character varying NOT NULL,
    CONSTRAINT "folders_of_account" UNIQUE ("account_id", "id"),
    CONSTRAINT "fk_folders_parent" FOREIGN KEY ("account_id", "parent_id") REFERENCES "folders" ("account_id", "id")
);
CREATE UNIQUE INDEX "index_folders_on_name" ON "folders" ("account_id", coalesce("parent_id", 0), "name");
CREATE TABLE "folder_hierarchies" (
    "ancestor_id" bigint NOT NULL REFERENCES "folders" ("id"), "descendant_id" bigint NOT NULL REFERENCES "folders" ("id"),
    "generations" integer NOT NULL, PRIMARY KEY ("ancestor_id", "descendant_id", "generations")
);
CREATE FUNCTION "add_folder_ancestors"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO folder_hierarchies
    SELECT NEW.id, NEW.id, 0
    UNION ALL SELECT ancestor_id, NEW.id, generations + 1 FROM folder_hierarchies WHERE descendant_id = NEW.parent_id;
    RETURN NEW;
END $$;
CREATE TRIGGER "folder_ancestors" AFTER INSERT ON "folders" FOR EACH ROW EXECUTE FUNCTION "add_folder_ancestors"();
INSERT INTO "folders" ("account_id", "name") SELECT "id", 'Inbox' FROM "accounts";
DROP VIEW "live_projects";
ALTER TABLE "projects" ADD "folder_id" bigint;
UPDATE "projects" SET "folder_id" = "folders"."id" FROM "folders" WHERE "folders"."account_id" = "projects"."account_id";
ALTER TABLE "projects" ALTER COLUMN "folder_id" SET NOT NULL,
    ADD CONSTRAINT "fk_projects_folder" FOREIGN KEY ("account_id", "folder_id") REFERENCES "folders" ("account_id", "id");
INSERT INTO "schema_migrations" (version) VALUES ('20240301090012');
COMMIT;
