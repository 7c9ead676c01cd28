-- Who reports to whom, and everybody above.
ALTER TABLE "Staff" ADD COLUMN "managerId" UUID REFERENCES "Staff"("id"), ADD CHECK ("managerId" IS DISTINCT FROM "id");
UPDATE "Staff" SET "managerId" = (SELECT min("id"::text)::uuid FROM "Staff") WHERE "id" <> (SELECT min("id"::text)::uuid FROM "Staff");
CREATE TABLE "StaffAncestor" (
    "staffId" UUID NOT NULL REFERENCES "Staff"("id") ON DELETE CASCADE,
    "ancestorId" UUID NOT NULL REFERENCES "Staff"("id") ON DELETE CASCADE,
    "distance" INTEGER NOT NULL CHECK ("distance" > 0),
    CONSTRAINT "StaffAncestor_pkey" PRIMARY KEY ("staffId", "ancestorId"),
    CONSTRAINT "StaffAncestor_other_check" CHECK ("staffId" <> "ancestorId")
);
INSERT INTO "StaffAncestor" SELECT "id", "managerId", 1 FROM "Staff" WHERE "managerId" IS NOT NULL;
