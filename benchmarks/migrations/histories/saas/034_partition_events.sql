BEGIN;
-- The events by month, and what is older or newer by default.
ALTER TABLE "events" RENAME TO "events_unpartitioned";
ALTER TABLE "events_unpartitioned" RENAME CONSTRAINT "fk_events_member" TO "fk_events_member_old";
DROP INDEX "index_events_on_properties";
CREATE TABLE "events" (
    "id" bigint DEFAULT nextval('events_id_seq') NOT NULL, "account_id" bigint NOT NULL REFERENCES "accounts" ("id"),
    "user_id" bigint, "name" character varying NOT NULL, "properties" jsonb DEFAULT '{}' NOT NULL, "time" timestamp NOT NULL,
    CONSTRAINT "events_key" PRIMARY KEY ("id", "time"),
    CONSTRAINT "fk_events_member" FOREIGN KEY ("account_id", "user_id") REFERENCES "memberships" ("account_id", "user_id")
) PARTITION BY RANGE ("time");
CREATE TABLE "events_2024" PARTITION OF "events" FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
PARTITION BY HASH ("id");
CREATE TABLE "events_2024_0" PARTITION OF "events_2024" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE "events_2024_1" PARTITION OF "events_2024" FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE "events_2025" PARTITION OF "events" FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE "events_default" PARTITION OF "events" DEFAULT;
INSERT INTO "events" SELECT * FROM "events_unpartitioned";
ALTER SEQUENCE "events_id_seq" OWNED BY "events"."id";
DROP TABLE "events_unpartitioned";
CREATE INDEX "index_events_on_properties" ON "events" USING gin ("properties" jsonb_path_ops);
INSERT INTO "schema_migrations" (version) VALUES ('20231301090038');
COMMIT;
