-- The pharmacy gets a schema of its own, and its table moves there.
CREATE SCHEMA "pharmacy";
ALTER TABLE "Medication" SET SCHEMA "pharmacy";
CREATE TABLE "pharmacy"."Batch" (
    "id" BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "medicationId" TEXT NOT NULL REFERENCES "pharmacy"."Medication"("id"),
    "lot" TEXT NOT NULL CHECK ("lot" ~ '^L[0-9]{2}-[A-F0-9]{4,6}$'),
    "expiresOn" DATE NOT NULL,
    "received" INTEGER NOT NULL CHECK ("received" > 0),
    "dispensed" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Batch_lot_key" UNIQUE ("medicationId", "lot"),
    CONSTRAINT "Batch_dispensed_check" CHECK ("dispensed" >= 0 AND "dispensed" <= "received")
);
CREATE VIEW "pharmacy"."InStock" AS
SELECT "medicationId", sum("received" - "dispensed") AS "left" FROM "pharmacy"."Batch" GROUP BY 1;
