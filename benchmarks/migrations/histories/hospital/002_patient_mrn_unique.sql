-- CreateIndex
UPDATE "Patient" SET "mrn" = "mrn" || '-' || left("id"::text, 8)
WHERE EXISTS (SELECT 1 FROM "Patient" "o" WHERE "o"."mrn" = "Patient"."mrn" AND "o"."id" < "Patient"."id");
CREATE UNIQUE INDEX "Patient_mrn_key" ON "Patient"("mrn");
