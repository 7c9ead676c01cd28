-- A numeric result is not negative, and a text one is not blank; flags are known ones.
UPDATE "LabResult" SET "value" = abs("value"), "flags" = ARRAY[]::TEXT[];
UPDATE "LabResult" SET "text" = 'n/a' WHERE btrim("text") = '';
ALTER TABLE "LabResult"
    ADD CONSTRAINT "LabResult_value_check" CHECK ("value" >= 0),
    ADD CONSTRAINT "LabResult_text_check" CHECK (length(btrim("text")) > 0),
    ADD CONSTRAINT "LabResult_flags_check" CHECK ("flags" <@ ARRAY['LOW', 'HIGH', 'CRITICAL']),
    ADD COLUMN "meta" JSONB NOT NULL DEFAULT '{"device": null}',
    ADD CONSTRAINT "LabResult_meta_check" CHECK (jsonb_typeof("meta") = 'object' AND "meta" ? 'device');
