-- Columns that the role may not give: what it leaves out has a default, may be NULL, or keeps the table from being filled.
-- role: zoo_clerk
-- gap: receipts
CREATE TABLE invoices (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount numeric(8,2) NOT NULL, tax numeric(10,4) GENERATED ALWAYS AS (amount * 0.2) STORED, note text, state text NOT NULL DEFAULT 'new');
CREATE TABLE receipts (id integer PRIMARY KEY, invoice bigint REFERENCES invoices, signed_by text NOT NULL);
CREATE TABLE stubs (id integer PRIMARY KEY, invoice bigint REFERENCES invoices);
GRANT SELECT ON ALL TABLES IN SCHEMA public TO zoo_clerk;
GRANT INSERT (id, amount) ON invoices TO zoo_clerk;
GRANT INSERT (id, invoice) ON receipts TO zoo_clerk;
GRANT INSERT (id) ON stubs TO zoo_clerk;
GRANT ALL ON SEQUENCE invoices_id_seq TO zoo_clerk;
