BEGIN;
CREATE TABLE "memberships" (
    "id" bigserial PRIMARY KEY, "account_id" bigint NOT NULL REFERENCES "accounts" ("id"),
    "user_id" bigint NOT NULL REFERENCES "users" ("id"), "role" character varying DEFAULT 'member' NOT NULL,
    "invited_at" timestamp(6), "accepted_at" timestamp(6),
    "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL,
    CONSTRAINT "chk_memberships_role" CHECK ("role" IN ('owner', 'admin', 'member', 'guest')),
    CONSTRAINT "chk_memberships_accepted" CHECK ("accepted_at" IS NULL OR "accepted_at" >= "invited_at")
);
CREATE UNIQUE INDEX "index_memberships_on_account_and_user" ON "memberships" ("account_id", "user_id");
CREATE UNIQUE INDEX "index_memberships_on_account_owner" ON "memberships" ("account_id") WHERE "role" = 'owner';
INSERT INTO "memberships" ("account_id", "user_id", "role", "created_at", "updated_at")
SELECT DISTINCT "account_id", "user_id", 'member', now(), now() FROM "projects";
INSERT INTO "schema_migrations" (version) VALUES ('20211301090050');
COMMIT;
