CREATE SEQUENCE "billNumber" START 5000;
CREATE TABLE "Bill" (
    "number" BIGINT NOT NULL DEFAULT nextval('"billNumber"'),
    "admissionId" UUID NOT NULL,
    "policyId" UUID,
    "amount" DECIMAL(12,2) NOT NULL,
    "covered" DECIMAL(12,2) NOT NULL DEFAULT 0,
    "selfPay" DECIMAL(12,2) NOT NULL GENERATED ALWAYS AS ("amount" - "covered") STORED,
    "issuedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paidAt" TIMESTAMP(3),
    "cancelledAt" TIMESTAMP(3),
    CONSTRAINT "Bill_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "Bill_admissionId_fkey" FOREIGN KEY ("admissionId") REFERENCES "Admission"("id"),
    CONSTRAINT "Bill_policyId_fkey" FOREIGN KEY ("policyId") REFERENCES "InsurancePolicy"("id"),
    CONSTRAINT "Bill_covered_check" CHECK ("covered" BETWEEN 0 AND "amount"),
    CONSTRAINT "Bill_policy_check" CHECK ("policyId" IS NOT NULL OR "covered" = 0),
    CONSTRAINT "Bill_end_check" CHECK (num_nonnulls("paidAt", "cancelledAt") <= 1)
);
ALTER SEQUENCE "billNumber" OWNED BY "Bill"."number";
CREATE UNIQUE INDEX "Bill_live_key" ON "Bill"("admissionId") WHERE "cancelledAt" IS NULL;
CREATE TABLE "BillLine" (
    "billNumber" BIGINT NOT NULL REFERENCES "Bill"("number") ON DELETE CASCADE,
    "position" SMALLINT NOT NULL CHECK ("position" >= 1),
    "text" VARCHAR(200) NOT NULL CHECK (btrim("text") <> ''),
    "price" DECIMAL(10,2) NOT NULL CHECK ("price" <> 0),
    CONSTRAINT "BillLine_pkey" PRIMARY KEY ("billNumber", "position")
);
