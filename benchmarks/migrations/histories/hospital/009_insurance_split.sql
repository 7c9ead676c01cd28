-- A table split: policies leave the patient.
CREATE TABLE "Insurer" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    CONSTRAINT "Insurer_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Insurer_name_key" ON "Insurer"("name");
CREATE TABLE "InsurancePolicy" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "patientId" UUID NOT NULL,
    "insurerId" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "validFrom" DATE NOT NULL DEFAULT DATE '2000-01-01',
    "validTo" DATE,
    CONSTRAINT "InsurancePolicy_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "InsurancePolicy_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id"),
    CONSTRAINT "InsurancePolicy_insurerId_fkey" FOREIGN KEY ("insurerId") REFERENCES "Insurer"("id"),
    CONSTRAINT "InsurancePolicy_valid_check" CHECK ("validTo" > "validFrom")
);
INSERT INTO "Insurer" ("name") SELECT DISTINCT "insurer" FROM "Patient" WHERE "insurer" IS NOT NULL;
INSERT INTO "InsurancePolicy" ("patientId", "insurerId", "number")
SELECT "p"."id", "i"."id", coalesce("p"."policyNumber", 'unknown') FROM "Patient" "p" JOIN "Insurer" "i" ON "i"."name" = "p"."insurer";
ALTER TABLE "Patient" DROP COLUMN "insurer", DROP COLUMN "policyNumber";
