-- Who hasn't consented isn't treated: a required cycle between a patient and a first consent, checked at commit.
CREATE TABLE "Consent" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
    "patientId" UUID NOT NULL REFERENCES "Patient"("id") DEFERRABLE INITIALLY DEFERRED,
    "scope" TEXT NOT NULL CHECK ("scope" IN ('treatment', 'research', 'sharing')),
    "givenAt" TIMESTAMP(3) NOT NULL,
    "withdrawnAt" TIMESTAMP(3) CHECK ("withdrawnAt" > "givenAt"),
    CONSTRAINT "Consent_patientId_id_key" UNIQUE ("patientId", "id")
);
INSERT INTO "Consent" ("patientId", "scope", "givenAt") SELECT "id", 'treatment', "createdAt" FROM "Patient";
ALTER TABLE "Patient" ADD COLUMN "consentId" UUID;
UPDATE "Patient" SET "consentId" = "Consent"."id" FROM "Consent" WHERE "Consent"."patientId" = "Patient"."id";
ALTER TABLE "Patient"
    ALTER COLUMN "consentId" SET NOT NULL,
    ADD CONSTRAINT "Patient_consent_fkey" FOREIGN KEY ("id", "consentId") REFERENCES "Consent"("patientId", "id")
        DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX "Consent_live_key" ON "Consent"("patientId", "scope") WHERE "withdrawnAt" IS NULL;
