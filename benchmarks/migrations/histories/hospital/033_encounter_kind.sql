-- A union: what an encounter must have depends on its kind.
CREATE TYPE "EncounterKind" AS ENUM ('OUTPATIENT', 'EMERGENCY', 'INPATIENT');
ALTER TABLE "Encounter"
    ADD COLUMN "kind" "EncounterKind" NOT NULL DEFAULT 'OUTPATIENT',
    ADD COLUMN "admissionId" UUID REFERENCES "Admission"("id"),
    ADD COLUMN "triage" SMALLINT,
    ADD CONSTRAINT "Encounter_kind_check" CHECK (
        ("kind" = 'OUTPATIENT' AND "admissionId" IS NULL AND "triage" IS NULL)
        OR ("kind" = 'EMERGENCY' AND "triage" BETWEEN 1 AND 5)
        OR ("kind" = 'INPATIENT' AND "admissionId" IS NOT NULL AND "triage" IS NULL)
    );
