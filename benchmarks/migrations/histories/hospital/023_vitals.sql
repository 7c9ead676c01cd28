CREATE TABLE "Vitals" (
    "id" BIGSERIAL NOT NULL,
    "patientId" UUID NOT NULL,
    "takenAt" TIMESTAMP(3) NOT NULL,
    "systolic" SMALLINT,
    "diastolic" SMALLINT,
    "pulse" SMALLINT,
    "temperature" DECIMAL(3,1),
    CONSTRAINT "Vitals_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Vitals_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id"),
    CONSTRAINT "Vitals_some_check" CHECK (num_nonnulls("systolic", "pulse", "temperature") >= 1),
    CONSTRAINT "Vitals_pressure_check" CHECK (
        ("systolic" IS NULL) = ("diastolic" IS NULL) AND "systolic" > "diastolic" AND "diastolic" BETWEEN 20 AND 200
        AND "systolic" <= 300
        OR "systolic" IS NULL AND "diastolic" IS NULL
    ),
    CONSTRAINT "Vitals_temperature_check" CHECK ("temperature" BETWEEN 30 AND 45)
);
CREATE INDEX "Vitals_patientId_takenAt_idx" ON "Vitals"("patientId", "takenAt" DESC);
