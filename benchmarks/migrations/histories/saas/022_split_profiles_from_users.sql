BEGIN;
-- A table split: everybody has a profile, and its key is the user's.
CREATE TABLE "profiles" (
    "user_id" bigint PRIMARY KEY REFERENCES "users" ("id") ON DELETE CASCADE, "full_name" character varying NOT NULL,
    "locale" character varying(5) DEFAULT 'en' NOT NULL, "time_zone" character varying DEFAULT 'UTC' NOT NULL, "bio" text,
    CONSTRAINT "chk_profiles_locale" CHECK ("locale" SIMILAR TO '[a-z]{2}(-[A-Z]{2})?'),
    CONSTRAINT "chk_profiles_bio" CHECK (octet_length("bio") <= 2000)
);
INSERT INTO "profiles" ("user_id", "full_name") SELECT "id", coalesce("name", 'Anonymous') FROM "users";
ALTER TABLE "users" DROP COLUMN "name";
INSERT INTO "schema_migrations" (version) VALUES ('20221301090014');
COMMIT;
