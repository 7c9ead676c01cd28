-- What the tool writes about its own steps.
INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "applied_steps_count")
VALUES (gen_random_uuid(), md5('1') || md5('2'), now(), '20220301000000_init', 1),
    (gen_random_uuid(), md5('3') || md5('4'), now(), '20220302000000_patient_mrn_unique', 1);
COMMENT ON TABLE "Patient" IS 'Whoever has been treated here at least once.';
COMMENT ON COLUMN "Patient"."mrn" IS 'Medical record number';
