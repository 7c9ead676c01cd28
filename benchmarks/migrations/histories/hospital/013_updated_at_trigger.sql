CREATE FUNCTION "setUpdatedAt"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."updatedAt" = CURRENT_TIMESTAMP;
    RETURN NEW;
END $$;
CREATE TRIGGER "Patient_updatedAt" BEFORE UPDATE ON "Patient" FOR EACH ROW EXECUTE FUNCTION "setUpdatedAt"();
ALTER TABLE "Visit" ADD COLUMN "updatedAt" TIMESTAMP(3);
UPDATE "Visit" SET "updatedAt" = coalesce("endedAt", "startedAt");
ALTER TABLE "Visit" ALTER COLUMN "updatedAt" SET NOT NULL;
CREATE TRIGGER "Visit_updatedAt" BEFORE INSERT OR UPDATE ON "Visit" FOR EACH ROW EXECUTE FUNCTION "setUpdatedAt"();
