BEGIN;
ALTER TABLE "accounts" ADD "users_count" integer DEFAULT 0 NOT NULL, ADD "projects_count" integer DEFAULT 0 NOT NULL;
UPDATE "accounts" SET
    "users_count" = (SELECT count(*) FROM "memberships" WHERE "account_id" = "accounts"."id"),
    "projects_count" = (SELECT count(*) FROM "projects" WHERE "account_id" = "accounts"."id");
CREATE FUNCTION "bump_account_counter"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        EXECUTE format('UPDATE accounts SET %I = %I + 1 WHERE id = $1', TG_ARGV[0], TG_ARGV[0]) USING NEW.account_id;
    END IF;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN
        EXECUTE format('UPDATE accounts SET %I = %I - 1 WHERE id = $1', TG_ARGV[0], TG_ARGV[0]) USING OLD.account_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER "count_users" AFTER INSERT OR DELETE ON "memberships"
FOR EACH ROW EXECUTE FUNCTION "bump_account_counter"('users_count');
CREATE TRIGGER "count_projects" AFTER INSERT OR DELETE ON "projects"
FOR EACH ROW EXECUTE FUNCTION "bump_account_counter"('projects_count');
INSERT INTO "schema_migrations" (version) VALUES ('20221101090040');
COMMIT;
