-- Sums of what may be missing.
CREATE TABLE entries (id serial PRIMARY KEY, debit numeric(10,2) CHECK (debit >= 0), credit numeric(10,2) CHECK (credit >= 0), CHECK (COALESCE(debit, 0) + COALESCE(credit, 0) > 0));
CREATE TABLE hours (id serial PRIMARY KEY, regular numeric(4,2), overtime numeric(4,2), CHECK (COALESCE(regular, 0::numeric) + COALESCE(overtime, 0::numeric) <= 24), CHECK (regular >= 0), CHECK (overtime >= 0));
CREATE TABLE votes (id serial PRIMARY KEY, ayes integer, noes integer, total integer NOT NULL, CHECK (total = COALESCE(ayes, 0) + COALESCE(noes, 0)), CHECK (ayes >= 0), CHECK (noes >= 0));
