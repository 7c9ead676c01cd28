-- A code is distinct in a table whose branches list different kinds of what it codes: accounts, and places by country.
CREATE TYPE account_kind AS ENUM ('asset', 'liability', 'equity', 'revenue', 'expense');
CREATE TABLE holders (id serial PRIMARY KEY, full_name text NOT NULL);
CREATE TABLE accounts (
    id serial PRIMARY KEY, holder_id integer REFERENCES holders, code text NOT NULL UNIQUE, kind account_kind NOT NULL,
    CHECK (kind <> 'liability' OR holder_id IS NOT NULL)
);
CREATE TABLE ledger_accounts (
    account_code varchar(12) PRIMARY KEY, account_name text NOT NULL, account_type text NOT NULL CHECK (account_type IN ('asset', 'expense', 'revenue')),
    tax_rate numeric(4, 2), CHECK (account_type = 'asset' OR tax_rate IS NOT NULL)
);
