BEGIN;
-- What was changed by whom, written by triggers.
CREATE TABLE "versions" (
    "id" bigserial PRIMARY KEY, "item_type" character varying NOT NULL, "item_id" bigint NOT NULL,
    "event" character varying NOT NULL, "whodunnit" character varying, "object" jsonb, "object_changes" jsonb,
    "created_at" timestamp(6) DEFAULT now() NOT NULL,
    CONSTRAINT "chk_versions_event" CHECK ("event" IN ('create', 'update', 'destroy'))
);
CREATE FUNCTION "record_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO versions (item_type, item_id, event, whodunnit, object)
    VALUES (
        initcap(rtrim(TG_TABLE_NAME, 's')), NEW.id, CASE TG_OP WHEN 'INSERT' THEN 'create' ELSE 'update' END,
        current_setting('app.user', true), CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) END
    );
    RETURN NEW;
END $$;
CREATE TRIGGER "version_projects" AFTER INSERT OR UPDATE ON "projects"
FOR EACH ROW EXECUTE FUNCTION "record_version"();
CREATE TRIGGER "version_tasks" AFTER INSERT OR UPDATE OF "title", "status" ON "tasks"
FOR EACH ROW EXECUTE FUNCTION "record_version"();
INSERT INTO "schema_migrations" (version) VALUES ('20231001090047');
COMMIT;
