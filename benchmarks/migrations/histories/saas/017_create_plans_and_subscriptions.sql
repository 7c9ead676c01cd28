BEGIN;
CREATE TABLE "plans" (
    "id" bigserial PRIMARY KEY, "key" character varying NOT NULL, "name" character varying NOT NULL,
    "price_cents" integer NOT NULL, "currency" character varying(3) DEFAULT 'USD' NOT NULL, "interval" character varying NOT NULL,
    "seats" int4range DEFAULT '[1,11)' NOT NULL,
    CONSTRAINT "chk_plans_interval" CHECK ("interval" IN ('month', 'year')),
    CONSTRAINT "chk_plans_price" CHECK ("price_cents" >= 0 AND "price_cents" % 100 IN (0, 50, 99)),
    CONSTRAINT "chk_plans_seats" CHECK (NOT isempty("seats") AND lower("seats") >= 1)
);
CREATE UNIQUE INDEX "index_plans_on_key" ON "plans" ("key");
INSERT INTO "plans" ("key", "name", "price_cents", "interval") VALUES
    ('free', 'Free', 0, 'month'), ('pro-monthly', 'Pro', 1999, 'month'), ('pro-yearly', 'Pro', 19900, 'year');
CREATE TABLE "subscriptions" (
    "id" bigserial PRIMARY KEY, "account_id" bigint NOT NULL REFERENCES "accounts" ("id"),
    "plan_id" bigint NOT NULL REFERENCES "plans" ("id"), "status" character varying DEFAULT 'trialing' NOT NULL,
    "trial_ends_at" timestamp(6), "current_period_start" timestamp(6), "current_period_end" timestamp(6),
    "canceled_at" timestamp(6), "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL,
    CONSTRAINT "chk_subscriptions_status" CHECK (
        ("status" = 'trialing' AND "trial_ends_at" IS NOT NULL AND "canceled_at" IS NULL)
        OR ("status" IN ('active', 'past_due') AND "current_period_start" IS NOT NULL
            AND "current_period_end" > "current_period_start" AND "canceled_at" IS NULL)
        OR ("status" = 'canceled' AND "canceled_at" IS NOT NULL)
    )
);
CREATE UNIQUE INDEX "index_subscriptions_on_live_account" ON "subscriptions" ("account_id") WHERE "status" <> 'canceled';
INSERT INTO "subscriptions" ("account_id", "plan_id", "status", "trial_ends_at", "created_at", "updated_at")
SELECT "id", 1, 'trialing', now() + interval '14 days', now(), now() FROM "accounts";
INSERT INTO "schema_migrations" (version) VALUES ('20220801090049');
COMMIT;
