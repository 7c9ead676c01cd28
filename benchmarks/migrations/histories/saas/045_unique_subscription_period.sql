BEGIN;
-- One plan at a time for an account: an exclusion over periods, after the overlapping ones are ended.
ALTER TABLE "subscriptions" ADD "period" tstzrange;
UPDATE "subscriptions" SET "period" = tstzrange("n"::text::timestamptz, "n"::text::timestamptz + interval '1 day') FROM (
    SELECT "id" AS "subscription",
        timestamptz '2020-01-01' + row_number() OVER (PARTITION BY "account_id" ORDER BY "id") * interval '1 month' AS "n"
    FROM "subscriptions"
) "placed" WHERE "id" = "subscription";
ALTER TABLE "subscriptions" ALTER COLUMN "period" SET NOT NULL,
    ADD CONSTRAINT "one_plan_at_a_time" EXCLUDE USING gist ("account_id" WITH =, "period" WITH &&),
    ADD CONSTRAINT "chk_subscriptions_period" CHECK (NOT isempty("period") AND NOT lower_inf("period"));
INSERT INTO "schema_migrations" (version) VALUES ('20241201090045');
COMMIT;
