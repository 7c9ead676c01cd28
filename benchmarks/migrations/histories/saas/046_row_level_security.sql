BEGIN;
ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "projects" USING ("account_id" = current_setting('app.account_id', true)::bigint);
CREATE POLICY "tenant" ON "tasks" USING ("account_id" = current_setting('app.account_id', true)::bigint);
INSERT INTO "schema_migrations" (version) VALUES ('20241301090002');
COMMIT;
