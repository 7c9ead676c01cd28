BEGIN;
-- Outside, users are known by a uuid; inside, by their number.
ALTER TABLE "users" ADD "public_id" uuid DEFAULT gen_random_uuid() NOT NULL;
CREATE UNIQUE INDEX "index_users_on_public_id" ON "users" ("public_id");
CREATE TABLE "api_keys" (
    "id" uuid DEFAULT gen_random_uuid() NOT NULL PRIMARY KEY,
    "user_public_id" uuid NOT NULL REFERENCES "users" ("public_id") ON UPDATE CASCADE,
    "prefix" character(8) NOT NULL, "digest" bytea NOT NULL, "scopes" character varying[] DEFAULT '{read}' NOT NULL,
    "expires_at" timestamptz, "revoked_at" timestamptz, "created_at" timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT "chk_keys_digest" CHECK (octet_length("digest") = 32),
    CONSTRAINT "chk_keys_scopes" CHECK (cardinality("scopes") >= 1 AND NOT ('' = ANY ("scopes"))),
    CONSTRAINT "chk_keys_expiry" CHECK ("expires_at" > "created_at" AND ("revoked_at" IS NULL OR "revoked_at" >= "created_at"))
);
CREATE UNIQUE INDEX "index_api_keys_on_prefix" ON "api_keys" ("prefix") WHERE "revoked_at" IS NULL;
INSERT INTO "schema_migrations" (version) VALUES ('20240801090037');
COMMIT;
