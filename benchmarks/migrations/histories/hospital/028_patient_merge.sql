-- A self reference: a doubled record points at the one that stays.
ALTER TABLE "Patient"
    ADD COLUMN "mergedIntoId" UUID,
    ADD COLUMN "mergedAt" TIMESTAMP(3),
    ADD CONSTRAINT "Patient_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Patient"("id"),
    ADD CONSTRAINT "Patient_merged_check" CHECK (("mergedIntoId" IS NULL) = ("mergedAt" IS NULL)),
    ADD CONSTRAINT "Patient_merged_other_check" CHECK ("mergedIntoId" <> "id");
DROP INDEX "Patient_mrn_key";
CREATE UNIQUE INDEX "Patient_mrn_live_key" ON "Patient"("siteId", "mrn") WHERE "mergedIntoId" IS NULL;
