BEGIN;
CREATE TABLE "notification_preferences" (
    "user_id" bigint NOT NULL REFERENCES "profiles" ("user_id"), "channel" character varying NOT NULL,
    "kind" character varying NOT NULL, "enabled" boolean DEFAULT TRUE NOT NULL, "quiet_from" time, "quiet_to" time,
    PRIMARY KEY ("user_id", "channel", "kind"),
    CHECK ("channel" = ANY (ARRAY['email', 'push', 'sms'])), CHECK ("kind" IN ('mention', 'assignment', 'digest')),
    CHECK (("quiet_from" IS NULL) = ("quiet_to" IS NULL)), CHECK ("quiet_from" <> "quiet_to")
);
INSERT INTO "notification_preferences" ("user_id", "channel", "kind")
SELECT "user_id", 'email', "kind" FROM "profiles", (VALUES ('mention'), ('digest')) AS "k" ("kind");
INSERT INTO "schema_migrations" (version) VALUES ('20240701090020');
COMMIT;
