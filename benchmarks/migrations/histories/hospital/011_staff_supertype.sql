-- Doctors become staff: a common table, of which every doctor is one row.
CREATE TYPE "StaffKind" AS ENUM ('DOCTOR', 'NURSE');
CREATE TABLE "Staff" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "StaffKind" NOT NULL,
    "fullName" TEXT NOT NULL,
    "email" TEXT,
    "hiredOn" DATE NOT NULL DEFAULT CURRENT_DATE,
    "leftOn" DATE,
    CONSTRAINT "Staff_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Staff_id_kind_key" UNIQUE ("id", "kind"),
    CONSTRAINT "Staff_left_check" CHECK ("leftOn" >= "hiredOn")
);
INSERT INTO "Staff" ("id", "kind", "fullName", "hiredOn") SELECT "id", 'DOCTOR', "fullName", "createdAt"::date FROM "Doctor";
ALTER TABLE "Doctor"
    ADD COLUMN "kind" "StaffKind" NOT NULL DEFAULT 'DOCTOR',
    ADD CONSTRAINT "Doctor_kind_check" CHECK ("kind" = 'DOCTOR'),
    ADD CONSTRAINT "Doctor_staff_fkey" FOREIGN KEY ("id", "kind") REFERENCES "Staff"("id", "kind") ON DELETE CASCADE;
ALTER TABLE "Doctor" DROP COLUMN "fullName";
CREATE TABLE "Nurse" (
    "id" UUID NOT NULL,
    "kind" "StaffKind" NOT NULL DEFAULT 'NURSE',
    "departmentId" UUID NOT NULL,
    "shift" TEXT NOT NULL,
    CONSTRAINT "Nurse_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Nurse_kind_check" CHECK ("kind" = 'NURSE'),
    CONSTRAINT "Nurse_shift_check" CHECK ("shift" IN ('early', 'late', 'night')),
    CONSTRAINT "Nurse_staff_fkey" FOREIGN KEY ("id", "kind") REFERENCES "Staff"("id", "kind") ON DELETE CASCADE,
    CONSTRAINT "Nurse_departmentId_fkey" FOREIGN KEY ("departmentId") REFERENCES "Department"("id")
);
-- Where doctors work already, the agency's nurses come with them.
INSERT INTO "Staff" ("kind", "fullName")
SELECT 'NURSE', 'Agency nurse ' || "n" FROM generate_series(1, 5) AS "n" WHERE EXISTS (SELECT 1 FROM "Doctor");
