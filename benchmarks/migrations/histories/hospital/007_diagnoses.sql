-- CreateTable: an implicit many-to-many relation, as the tool makes it
CREATE TABLE "Diagnosis" (
    "code" VARCHAR(8) NOT NULL,
    "title" TEXT NOT NULL,
    CONSTRAINT "Diagnosis_pkey" PRIMARY KEY ("code"),
    CONSTRAINT "Diagnosis_code_check" CHECK ("code" ~ '^[A-TV-Z][0-9][0-9A-Z](\.[0-9]{1,2})?$')
);
INSERT INTO "Diagnosis" VALUES ('J00', 'Acute nasopharyngitis'), ('I10', 'Essential hypertension'), ('E11.9', 'Diabetes');
CREATE TABLE "_DiagnosisToVisit" ("A" VARCHAR(8) NOT NULL, "B" UUID NOT NULL);
CREATE UNIQUE INDEX "_DiagnosisToVisit_AB_unique" ON "_DiagnosisToVisit"("A", "B");
CREATE INDEX "_DiagnosisToVisit_B_index" ON "_DiagnosisToVisit"("B");
ALTER TABLE "_DiagnosisToVisit" ADD CONSTRAINT "_DiagnosisToVisit_A_fkey"
    FOREIGN KEY ("A") REFERENCES "Diagnosis"("code") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_DiagnosisToVisit" ADD CONSTRAINT "_DiagnosisToVisit_B_fkey"
    FOREIGN KEY ("B") REFERENCES "Visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;
