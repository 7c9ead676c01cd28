CREATE TYPE "RoomKind" AS ENUM ('WARD', 'ICU', 'THEATRE', 'OFFICE');
CREATE TABLE "Room" (
    "departmentId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "RoomKind" NOT NULL DEFAULT 'WARD',
    "beds" SMALLINT NOT NULL DEFAULT 0,
    CONSTRAINT "Room_pkey" PRIMARY KEY ("departmentId", "number"),
    CONSTRAINT "Room_departmentId_fkey" FOREIGN KEY ("departmentId") REFERENCES "Department"("id"),
    CONSTRAINT "Room_number_check" CHECK ("number" BETWEEN 1 AND 999),
    CONSTRAINT "Room_beds_check" CHECK (
        ("kind" IN ('WARD', 'ICU') AND "beds" BETWEEN 1 AND 8) OR ("kind" IN ('THEATRE', 'OFFICE') AND "beds" = 0)
    )
);
CREATE TABLE "Bed" (
    "departmentId" UUID NOT NULL,
    "roomNumber" INTEGER NOT NULL,
    "letter" CHAR(1) NOT NULL,
    "outOfOrder" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Bed_pkey" PRIMARY KEY ("departmentId", "roomNumber", "letter"),
    CONSTRAINT "Bed_room_fkey" FOREIGN KEY ("departmentId", "roomNumber") REFERENCES "Room"("departmentId", "number"),
    CONSTRAINT "Bed_letter_check" CHECK ("letter" BETWEEN 'A' AND 'H')
);
