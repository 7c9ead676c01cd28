BEGIN;
CREATE EXTENSION IF NOT EXISTS "btree_gist";
CREATE TABLE "time_entries" (
    "id" bigserial PRIMARY KEY, "account_id" bigint NOT NULL, "task_id" bigint NOT NULL, "user_id" bigint NOT NULL,
    "started_at" timestamptz NOT NULL, "stopped_at" timestamptz, "billable" boolean DEFAULT TRUE NOT NULL,
    "rate_cents" integer,
    CONSTRAINT "fk_entries_task" FOREIGN KEY ("account_id", "task_id") REFERENCES "tasks" ("account_id", "id"),
    CONSTRAINT "fk_entries_member" FOREIGN KEY ("account_id", "user_id") REFERENCES "memberships" ("account_id", "user_id"),
    CONSTRAINT "chk_entries_order" CHECK ("stopped_at" > "started_at"),
    CONSTRAINT "chk_entries_rate" CHECK (NOT "billable" OR "rate_cents" > 0),
    CONSTRAINT "no_two_at_once" EXCLUDE USING gist ("user_id" WITH =, tstzrange("started_at", "stopped_at") WITH &&)
);
INSERT INTO "schema_migrations" (version) VALUES ('20231401090055');
COMMIT;
