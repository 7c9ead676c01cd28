BEGIN;
-- Single-table inheritance: what a row must have depends on its type.
CREATE TABLE "integrations" (
    "id" bigserial PRIMARY KEY, "type" character varying NOT NULL, "account_id" bigint NOT NULL REFERENCES "accounts" ("id"),
    "token" character varying, "channel" character varying, "repository" character varying, "port" integer,
    "config" jsonb DEFAULT '{}' NOT NULL, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL,
    CONSTRAINT "chk_integrations" CHECK (CASE "type"
        WHEN 'Integrations::Slack' THEN "token" IS NOT NULL AND "channel" LIKE '#%' AND "repository" IS NULL
        WHEN 'Integrations::Github' THEN "token" IS NOT NULL AND "repository" ~ '^[\w.-]+/[\w.-]+$' AND "channel" IS NULL
        WHEN 'Integrations::Smtp' THEN "port" BETWEEN 1 AND 65535 AND "channel" IS NULL AND "repository" IS NULL
        ELSE FALSE END),
    CONSTRAINT "chk_integrations_config" CHECK (jsonb_typeof("config") = 'object')
);
CREATE UNIQUE INDEX "index_integrations_on_type" ON "integrations" ("account_id", "type");
INSERT INTO "schema_migrations" (version) VALUES ('20230701090056');
COMMIT;
