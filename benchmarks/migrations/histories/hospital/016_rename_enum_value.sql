ALTER TYPE "AppointmentStatus" RENAME VALUE 'CANCELED' TO 'CANCELLED';
ALTER TYPE "DoseUnit" ADD VALUE 'DROP';
ALTER TABLE "Medication" ADD COLUMN "isDrops" BOOLEAN;
UPDATE "Medication" SET "isDrops" = ("unit" = 'DROP');
ALTER TABLE "Medication" ALTER COLUMN "isDrops" SET NOT NULL,
    ADD CONSTRAINT "Medication_drops_check" CHECK ("isDrops" = ("unit" = 'DROP'));
