UPDATE "Patient" SET "mrn" = 'X' || lpad("n"::text, 10, '0')
FROM (SELECT "id" AS "patient", row_number() OVER (ORDER BY "id") AS "n" FROM "Patient") "numbered"
WHERE "id" = "patient" AND "mrn" !~ '^[A-Z]{1,3}[0-9]{6,10}$';
ALTER TABLE "Patient" VALIDATE CONSTRAINT "Patient_mrn_check";
