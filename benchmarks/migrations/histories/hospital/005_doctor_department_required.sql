-- A NOT NULL foreign key on a full table.
ALTER TABLE "Doctor" ADD COLUMN "departmentId" UUID;
UPDATE "Doctor" SET "departmentId" = (SELECT "id" FROM "Department" WHERE "code" = 'GEN');
ALTER TABLE "Doctor" ALTER COLUMN "departmentId" SET NOT NULL;
ALTER TABLE "Doctor" ADD CONSTRAINT "Doctor_departmentId_fkey"
    FOREIGN KEY ("departmentId") REFERENCES "Department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
