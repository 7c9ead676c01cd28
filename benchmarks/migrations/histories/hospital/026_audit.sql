CREATE TYPE "AuditAction" AS ENUM ('INSERT', 'UPDATE', 'DELETE');
CREATE TABLE "AuditEntry" (
    "id" BIGINT GENERATED ALWAYS AS IDENTITY,
    "at" TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    "by" TEXT NOT NULL DEFAULT session_user,
    "table" TEXT NOT NULL,
    "action" "AuditAction" NOT NULL,
    "key" TEXT NOT NULL,
    "change" JSONB,
    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);
CREATE FUNCTION "audit"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    touched RECORD := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    INSERT INTO "AuditEntry" ("table", "action", "key", "change")
    VALUES (TG_TABLE_NAME, TG_OP::"AuditAction", touched."id"::text, to_jsonb(touched));
    RETURN NULL;
END $$;
CREATE TRIGGER "Patient_audit" AFTER INSERT OR UPDATE OR DELETE ON "Patient" FOR EACH ROW EXECUTE FUNCTION "audit"();
CREATE TRIGGER "Admission_audit" AFTER INSERT OR UPDATE OR DELETE ON "Admission" FOR EACH ROW EXECUTE FUNCTION "audit"();
