UPDATE "Visit" SET "endedAt" = NULL WHERE "endedAt" < "startedAt";
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_order_check" CHECK ("endedAt" IS NULL OR "endedAt" >= "startedAt");
UPDATE "Patient" SET "birthDate" = DATE '1900-01-01' WHERE "birthDate" < DATE '1900-01-01';
ALTER TABLE "Patient" ADD CONSTRAINT "Patient_birthDate_check"
    CHECK ("birthDate" >= DATE '1900-01-01' AND "birthDate" <= CURRENT_DATE);
