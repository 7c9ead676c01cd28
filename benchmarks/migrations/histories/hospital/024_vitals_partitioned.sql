-- The readings are many: by year, and the key gets the moment.
ALTER TABLE "Vitals" RENAME TO "Vitals_old";
ALTER TABLE "Vitals_old" RENAME CONSTRAINT "Vitals_pkey" TO "Vitals_old_pkey";
DROP INDEX "Vitals_patientId_takenAt_idx";
CREATE TABLE "Vitals" (LIKE "Vitals_old" INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE ("takenAt");
ALTER TABLE "Vitals" ADD CONSTRAINT "Vitals_pkey" PRIMARY KEY ("id", "takenAt");
ALTER TABLE "Vitals" ADD CONSTRAINT "Vitals_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id");
CREATE TABLE "Vitals_before_2024" PARTITION OF "Vitals" FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE "Vitals_2024" PARTITION OF "Vitals" FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE "Vitals_2025" PARTITION OF "Vitals" FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE "Vitals_later" PARTITION OF "Vitals" FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
INSERT INTO "Vitals" SELECT * FROM "Vitals_old";
ALTER SEQUENCE "Vitals_id_seq" OWNED BY "Vitals"."id";
DROP TABLE "Vitals_old";
CREATE INDEX "Vitals_patientId_takenAt_idx" ON "Vitals"("patientId", "takenAt" DESC);
