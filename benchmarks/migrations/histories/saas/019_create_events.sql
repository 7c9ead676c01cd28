BEGIN;
CREATE TABLE "events" (
    "id" bigserial PRIMARY KEY, "account_id" bigint NOT NULL REFERENCES "accounts" ("id"), "user_id" bigint,
    "name" character varying NOT NULL, "properties" jsonb DEFAULT '{}' NOT NULL, "time" timestamp NOT NULL,
    CONSTRAINT "fk_events_member" FOREIGN KEY ("account_id", "user_id") REFERENCES "memberships" ("account_id", "user_id")
);
CREATE INDEX "index_events_on_properties" ON "events" USING gin ("properties" jsonb_path_ops);
INSERT INTO "schema_migrations" (version) VALUES ('20221001090023');
COMMIT;
