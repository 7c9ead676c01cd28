CREATE TYPE "DoseUnit" AS ENUM ('MG', 'ML', 'TABLET');
CREATE TABLE "Medication" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "strength" DECIMAL(8,3) NOT NULL,
    "unit" "DoseUnit" NOT NULL,
    CONSTRAINT "Medication_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Medication_strength_check" CHECK ("strength" > 0)
);
CREATE UNIQUE INDEX "Medication_name_strength_unit_key" ON "Medication"("name", "strength", "unit");
CREATE TABLE "Prescription" (
    "id" TEXT NOT NULL,
    "visitId" UUID NOT NULL,
    "medicationId" TEXT NOT NULL,
    "dailyDoses" INTEGER NOT NULL,
    "days" INTEGER NOT NULL DEFAULT 7,
    "startsOn" DATE NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Prescription_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Prescription_doses_check" CHECK ("dailyDoses" BETWEEN 1 AND 12)
);
ALTER TABLE "Prescription" ADD CONSTRAINT "Prescription_visitId_fkey"
    FOREIGN KEY ("visitId") REFERENCES "Visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Prescription" ADD CONSTRAINT "Prescription_medicationId_fkey"
    FOREIGN KEY ("medicationId") REFERENCES "Medication"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
