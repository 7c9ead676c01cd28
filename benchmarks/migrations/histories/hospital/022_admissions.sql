-- A stay in a bed of the patient's site; a bed holds one at a time.
ALTER TABLE "Patient" ADD COLUMN "siteId" SMALLINT NOT NULL DEFAULT 1 REFERENCES "Site"("id");
ALTER TABLE "Patient" ADD CONSTRAINT "Patient_siteId_id_key" UNIQUE ("siteId", "id");
CREATE TABLE "Admission" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "siteId" SMALLINT NOT NULL,
    "patientId" UUID NOT NULL,
    "departmentId" UUID NOT NULL,
    "roomNumber" INTEGER,
    "bedLetter" CHAR(1),
    "during" TSTZRANGE NOT NULL,
    "reason" TEXT NOT NULL,
    CONSTRAINT "Admission_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Admission_patient_fkey" FOREIGN KEY ("siteId", "patientId") REFERENCES "Patient"("siteId", "id"),
    CONSTRAINT "Admission_department_fkey" FOREIGN KEY ("siteId", "departmentId") REFERENCES "Department"("siteId", "id"),
    CONSTRAINT "Admission_bed_fkey" FOREIGN KEY ("departmentId", "roomNumber", "bedLetter")
        REFERENCES "Bed"("departmentId", "roomNumber", "letter"),
    CONSTRAINT "Admission_bed_check" CHECK (("roomNumber" IS NULL) = ("bedLetter" IS NULL)),
    CONSTRAINT "Admission_during_check" CHECK (NOT isempty("during") AND NOT lower_inf("during")),
    CONSTRAINT "Admission_reason_check" CHECK ("reason" !~ '^\s*$'),
    CONSTRAINT "Admission_once" EXCLUDE USING gist ("patientId" WITH =, "during" WITH &&)
);
