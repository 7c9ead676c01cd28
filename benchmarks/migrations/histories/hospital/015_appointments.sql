CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TYPE "AppointmentStatus" AS ENUM ('BOOKED', 'ARRIVED', 'DONE', 'CANCELED', 'NO_SHOW');
CREATE TABLE "Appointment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "patientId" UUID NOT NULL,
    "doctorId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "status" "AppointmentStatus" NOT NULL DEFAULT 'BOOKED',
    "visitId" UUID,
    CONSTRAINT "Appointment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Appointment_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id"),
    CONSTRAINT "Appointment_doctorId_fkey" FOREIGN KEY ("doctorId") REFERENCES "Doctor"("id"),
    CONSTRAINT "Appointment_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "Visit"("id"),
    CONSTRAINT "Appointment_length_check" CHECK ("endsAt" > "startsAt" AND "endsAt" <= "startsAt" + INTERVAL '8 hours'),
    CONSTRAINT "Appointment_visit_check" CHECK ("visitId" IS NULL OR "status" IN ('ARRIVED', 'DONE')),
    CONSTRAINT "Appointment_doctor_free" EXCLUDE USING gist
        ("doctorId" WITH =, tstzrange("startsAt", "endsAt") WITH &&) WHERE ("status" <> 'CANCELED')
);
CREATE UNIQUE INDEX "Appointment_visitId_key" ON "Appointment"("visitId");
