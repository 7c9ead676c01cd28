ALTER TABLE "Visit" RENAME TO "Encounter";
ALTER TABLE "Encounter" RENAME CONSTRAINT "Visit_pkey" TO "Encounter_pkey";
ALTER TABLE "Encounter" RENAME CONSTRAINT "Visit_order_check" TO "Encounter_order_check";
ALTER TABLE "Prescription" RENAME COLUMN "visitId" TO "encounterId";
ALTER TABLE "LabResult" RENAME COLUMN "visitId" TO "encounterId";
ALTER TABLE "Appointment" RENAME COLUMN "visitId" TO "encounterId";
ALTER TABLE "_DiagnosisToVisit" RENAME TO "_DiagnosisToEncounter";
CREATE VIEW "Visit" AS SELECT * FROM "Encounter";
