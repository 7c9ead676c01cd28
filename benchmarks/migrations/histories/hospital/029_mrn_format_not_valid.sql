ALTER TABLE "Patient" ADD CONSTRAINT "Patient_mrn_check" CHECK ("mrn" ~ '^[A-Z]{1,3}[0-9]{6,10}$') NOT VALID;
