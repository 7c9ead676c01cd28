BEGIN;
CREATE TABLE "webhooks" (
    "id" bigserial PRIMARY KEY, "account_id" bigint NOT NULL REFERENCES "accounts" ("id"), "url" character varying NOT NULL,
    "secret" character varying NOT NULL, "events" character varying[] DEFAULT '{}' NOT NULL,
    "active" boolean DEFAULT TRUE NOT NULL, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL,
    CONSTRAINT "chk_webhooks_url" CHECK ("url" LIKE 'https://%'),
    CONSTRAINT "chk_webhooks_secret" CHECK (char_length("secret") BETWEEN 20 AND 64),
    CONSTRAINT "chk_webhooks_events" CHECK ("events" <@ ARRAY['task.created', 'task.closed', 'project.created']::varchar[])
);
CREATE TABLE "webhook_deliveries" (
    "id" uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY, "webhook_id" bigint NOT NULL REFERENCES "webhooks" ("id"),
    "attempt" smallint DEFAULT 1 NOT NULL, "status" integer, "error" text, "delivered_at" timestamp(6),
    "created_at" timestamp(6) NOT NULL,
    CONSTRAINT "chk_deliveries" CHECK (
        "status" BETWEEN 100 AND 599 AND "error" IS NULL OR "status" IS NULL AND btrim("error") <> ''
    )
);
CREATE UNIQUE INDEX "index_deliveries_on_attempt" ON "webhook_deliveries" ("webhook_id", "created_at", "attempt");
INSERT INTO "schema_migrations" (version) VALUES ('20221201090057');
COMMIT;
