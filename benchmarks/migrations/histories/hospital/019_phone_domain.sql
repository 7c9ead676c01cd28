CREATE DOMAIN "Phone" AS TEXT CHECK (VALUE ~ '^\+[1-9][0-9]{6,14}$');
UPDATE "Patient" SET "phone" = NULL WHERE "phone" !~ '^\+[1-9][0-9]{6,14}$';
ALTER TABLE "Patient" ALTER COLUMN "phone" TYPE "Phone";
CREATE DOMAIN "MobilePhone" AS "Phone" CHECK (length(VALUE) >= 10);
ALTER TABLE "Staff" ADD COLUMN "pager" "MobilePhone";
