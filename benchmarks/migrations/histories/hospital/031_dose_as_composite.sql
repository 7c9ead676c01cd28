CREATE TYPE "Dose" AS ("amount" NUMERIC(8,3), "unit" TEXT);
ALTER TABLE "Prescription" ADD COLUMN "dose" "Dose", ADD COLUMN "schedule" TIME[] NOT NULL DEFAULT '{08:00}';
UPDATE "Prescription" SET "dose" = ROW("strength", "unit"::text)::"Dose"
FROM "Medication" WHERE "Medication"."id" = "medicationId";
ALTER TABLE "Prescription" ADD CONSTRAINT "Prescription_schedule_check" CHECK (cardinality("schedule") BETWEEN 1 AND 6);
