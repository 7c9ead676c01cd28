-- AlterEnum, as the tool does it: a new type, and the column moved over
ALTER TABLE "Patient" ALTER COLUMN "sex" DROP DEFAULT;
CREATE TYPE "Sex_new" AS ENUM ('FEMALE', 'MALE', 'DIVERSE', 'UNKNOWN');
ALTER TABLE "Patient" ALTER COLUMN "sex" TYPE "Sex_new" USING ("sex"::text::"Sex_new");
ALTER TYPE "Sex" RENAME TO "Sex_old";
ALTER TYPE "Sex_new" RENAME TO "Sex";
DROP TYPE "Sex_old";
ALTER TABLE "Patient" ALTER COLUMN "sex" SET DEFAULT 'UNKNOWN';
