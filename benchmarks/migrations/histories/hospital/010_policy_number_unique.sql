UPDATE "InsurancePolicy" SET "number" = "number" || '/' || "rank" FROM (
    SELECT "id" AS "policy", row_number() OVER (PARTITION BY "insurerId", "number" ORDER BY "id") AS "rank" FROM "InsurancePolicy"
) "ranked" WHERE "id" = "policy" AND "rank" > 1;
CREATE UNIQUE INDEX "InsurancePolicy_insurerId_number_key" ON "InsurancePolicy"("insurerId", "number");
CREATE UNIQUE INDEX "InsurancePolicy_current_key" ON "InsurancePolicy"("patientId", "insurerId") WHERE "validTo" IS NULL;
