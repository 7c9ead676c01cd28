-- disable_ddl_transaction!
CREATE MATERIALIZED VIEW "daily_activity" AS
SELECT "account_id", "time"::date AS "day", count(*) AS "events" FROM "events" GROUP BY 1, 2;
CREATE UNIQUE INDEX "index_daily_activity" ON "daily_activity" ("account_id", "day");
REFRESH MATERIALIZED VIEW CONCURRENTLY "daily_activity";
INSERT INTO "schema_migrations" (version) VALUES ('20241001090011');
