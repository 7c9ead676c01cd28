-- An owner who is subject to the policies of his own table.
-- role: zoo_tenant
CREATE TABLE ledger (id serial PRIMARY KEY, currency text NOT NULL, amount numeric(10,2) NOT NULL);
ALTER TABLE ledger OWNER TO zoo_tenant;
ALTER TABLE ledger ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger FORCE ROW LEVEL SECURITY;
CREATE POLICY euros ON ledger USING (currency IN ('EUR', 'CHF')) WITH CHECK (currency = 'EUR' AND amount > 0);
