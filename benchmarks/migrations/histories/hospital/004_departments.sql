CREATE TABLE "Department" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" VARCHAR(6) NOT NULL,
    "name" TEXT NOT NULL,
    "floor" SMALLINT NOT NULL,
    CONSTRAINT "Department_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Department_code_check" CHECK ("code" ~ '^[A-Z]{2,6}$'),
    CONSTRAINT "Department_floor_check" CHECK ("floor" BETWEEN -2 AND 20)
);
CREATE UNIQUE INDEX "Department_code_key" ON "Department"("code");
INSERT INTO "Department" ("code", "name", "floor") VALUES ('GEN', 'General medicine', 0), ('ER', 'Emergency', 0);
