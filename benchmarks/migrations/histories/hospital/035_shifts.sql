CREATE TABLE "Shift" (
    "staffId" UUID NOT NULL REFERENCES "Staff"("id"),
    "departmentId" UUID NOT NULL REFERENCES "Department"("id"),
    "day" DATE NOT NULL,
    "startsAt" TIME NOT NULL,
    "endsAt" TIME NOT NULL,
    "onCall" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Shift_pkey" PRIMARY KEY ("staffId", "day"),
    CONSTRAINT "Shift_order_check" CHECK ("startsAt" < "endsAt"),
    CONSTRAINT "Shift_day_check" CHECK ("day" >= DATE '2015-01-01' AND EXTRACT(ISODOW FROM "day") <= 6)
);
CREATE UNIQUE INDEX "Shift_one_on_call" ON "Shift"("departmentId", "day") WHERE "onCall";
