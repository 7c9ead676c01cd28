-- Several hospitals share the system: the site joins the keys, and everything so far is of the first.
CREATE TABLE "Site" (
    "id" SMALLINT NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL DEFAULT 'Europe/Berlin',
    CONSTRAINT "Site_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Site_id_check" CHECK ("id" > 0)
);
INSERT INTO "Site" VALUES (1, 'Main hospital'), (2, 'Day clinic');
ALTER TABLE "Department" ADD COLUMN "siteId" SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE "Department" ALTER COLUMN "siteId" DROP DEFAULT;
ALTER TABLE "Department" ADD CONSTRAINT "Department_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id");
DROP INDEX "Department_code_key";
CREATE UNIQUE INDEX "Department_siteId_code_key" ON "Department"("siteId", "code");
ALTER TABLE "Department" ADD CONSTRAINT "Department_siteId_id_key" UNIQUE ("siteId", "id");
