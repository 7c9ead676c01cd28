ALTER TABLE "Patient" ADD COLUMN "fullName" TEXT GENERATED ALWAYS AS ("firstName" || ' ' || "lastName") STORED;
ALTER TABLE "Prescription" ADD COLUMN "totalDoses" INTEGER NOT NULL GENERATED ALWAYS AS ("dailyDoses" * "days") STORED;
UPDATE "Prescription" SET "days" = least(greatest("days", 1), 365);
ALTER TABLE "Prescription" ADD CONSTRAINT "Prescription_days_check" CHECK ("days" BETWEEN 1 AND 365);
