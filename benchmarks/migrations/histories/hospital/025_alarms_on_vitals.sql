-- A child of the partitioned table.
CREATE TABLE "Alarm" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "vitalsId" BIGINT NOT NULL,
    "vitalsTakenAt" TIMESTAMP(3) NOT NULL,
    "level" SMALLINT NOT NULL,
    "raisedAt" TIMESTAMP(3) NOT NULL,
    "acknowledgedAt" TIMESTAMP(3),
    "acknowledgedById" UUID,
    CONSTRAINT "Alarm_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Alarm_vitals_fkey" FOREIGN KEY ("vitalsId", "vitalsTakenAt") REFERENCES "Vitals"("id", "takenAt"),
    CONSTRAINT "Alarm_acknowledgedById_fkey" FOREIGN KEY ("acknowledgedById") REFERENCES "Staff"("id"),
    CONSTRAINT "Alarm_level_check" CHECK ("level" IN (1, 2, 3)),
    CONSTRAINT "Alarm_raised_check" CHECK ("raisedAt" >= "vitalsTakenAt"),
    CONSTRAINT "Alarm_acknowledged_check" CHECK (
        ("acknowledgedAt" IS NULL AND "acknowledgedById" IS NULL)
        OR ("acknowledgedAt" >= "raisedAt" AND "acknowledgedById" IS NOT NULL)
    )
);
