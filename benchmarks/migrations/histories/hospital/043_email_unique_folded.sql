UPDATE "Staff" SET "email" = NULL WHERE EXISTS (
    SELECT 1 FROM "Staff" "o" WHERE lower("o"."email") = lower("Staff"."email") AND "o"."id" < "Staff"."id"
);
CREATE UNIQUE INDEX "Staff_email_key" ON "Staff"(lower("email")) WHERE "leftOn" IS NULL;
ALTER TABLE "Staff" ADD COLUMN "employeeNo" INTEGER;
UPDATE "Staff" SET "employeeNo" = 1000 + "n"
FROM (SELECT "id" AS "staff", row_number() OVER (ORDER BY "hiredOn", "id") AS "n" FROM "Staff") "numbered" WHERE "id" = "staff";
CREATE SEQUENCE "employeeNo" START 100000 OWNED BY "Staff"."employeeNo";
ALTER TABLE "Staff" ALTER COLUMN "employeeNo" SET NOT NULL, ALTER COLUMN "employeeNo" SET DEFAULT nextval('"employeeNo"'),
    ADD CONSTRAINT "Staff_employeeNo_key" UNIQUE ("employeeNo");
