BEGIN;
-- What is seldom read moves away; the foreign keys go with it.
CREATE SCHEMA "archive";
ALTER TABLE "versions" SET SCHEMA "archive";
ALTER TABLE "webhook_deliveries" SET SCHEMA "archive";
CREATE OR REPLACE FUNCTION "record_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO archive.versions (item_type, item_id, event, whodunnit, object)
    VALUES (
        initcap(rtrim(TG_TABLE_NAME, 's')), NEW.id, CASE TG_OP WHEN 'INSERT' THEN 'create' ELSE 'update' END,
        current_setting('app.user', true), CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) END
    );
    RETURN NEW;
END $$;
INSERT INTO "schema_migrations" (version) VALUES ('20240901090054');
COMMIT;
