-- Text keys were a mistake: a number takes their place, in the children too.
ALTER TABLE "Prescription" ADD COLUMN "number" BIGINT GENERATED ALWAYS AS IDENTITY;
ALTER TABLE "Prescription" DROP CONSTRAINT "Prescription_pkey", DROP COLUMN "id";
ALTER TABLE "Prescription" RENAME COLUMN "number" TO "id";
ALTER TABLE "Prescription" ADD CONSTRAINT "Prescription_pkey" PRIMARY KEY ("id");
CREATE TABLE "Dispensing" (
    "prescriptionId" BIGINT NOT NULL REFERENCES "Prescription"("id"),
    "batchId" BIGINT NOT NULL REFERENCES "pharmacy"."Batch"("id"),
    "quantity" INTEGER NOT NULL CHECK ("quantity" > 0),
    "dispensedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT "Dispensing_pkey" PRIMARY KEY ("prescriptionId", "batchId")
);
CREATE FUNCTION "countDispensed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE "pharmacy"."Batch" SET "dispensed" = least("received", "dispensed" + NEW."quantity") WHERE "id" = NEW."batchId";
    RETURN NEW;
END $$;
CREATE TRIGGER "Dispensing_count" AFTER INSERT ON "Dispensing" FOR EACH ROW EXECUTE FUNCTION "countDispensed"();
