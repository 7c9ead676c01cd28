-- A cycle: the head of a department is a doctor, and a doctor has a department.
ALTER TABLE "Department" ADD COLUMN "headId" UUID;
UPDATE "Department" SET "headId" = (
    SELECT "id" FROM "Doctor" WHERE "departmentId" = "Department"."id" ORDER BY "id" LIMIT 1
);
CREATE UNIQUE INDEX "Department_headId_key" ON "Department"("headId");
ALTER TABLE "Department" ADD CONSTRAINT "Department_headId_fkey"
    FOREIGN KEY ("headId") REFERENCES "Doctor"("id") ON DELETE SET NULL ON UPDATE CASCADE;
