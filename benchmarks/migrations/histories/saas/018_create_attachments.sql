BEGIN;
CREATE TABLE "active_storage_blobs" (
    "id" bigserial PRIMARY KEY, "key" character varying NOT NULL, "filename" character varying NOT NULL,
    "content_type" character varying, "metadata" text, "service_name" character varying NOT NULL,
    "byte_size" bigint NOT NULL, "checksum" character varying, "created_at" timestamp(6) NOT NULL
);
CREATE UNIQUE INDEX "index_active_storage_blobs_on_key" ON "active_storage_blobs" ("key");
CREATE TABLE "active_storage_attachments" (
    "id" bigserial PRIMARY KEY, "name" character varying NOT NULL, "record_type" character varying NOT NULL,
    "record_id" bigint NOT NULL, "blob_id" bigint NOT NULL REFERENCES "active_storage_blobs" ("id"),
    "created_at" timestamp(6) NOT NULL
);
CREATE UNIQUE INDEX "index_active_storage_attachments_uniqueness"
ON "active_storage_attachments" ("record_type", "record_id", "name", "blob_id");
INSERT INTO "schema_migrations" (version) VALUES ('20220901090006');
COMMIT;
