-- A tenant's ledger always has an opening entry of its own; the tenant is in every key.
CREATE TABLE tenants (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE ledgers (
    tenant_id integer NOT NULL REFERENCES tenants,
    no integer NOT NULL CHECK (no > 0),
    opening_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, no)
);
CREATE TABLE entries (
    tenant_id integer NOT NULL,
    ledger_no integer NOT NULL,
    id uuid NOT NULL,
    booked_on date NOT NULL,
    amount numeric(12, 2) NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (tenant_id, ledger_no, id),
    UNIQUE (tenant_id, ledger_no, booked_on),
    FOREIGN KEY (tenant_id, ledger_no) REFERENCES ledgers (tenant_id, no)
);
ALTER TABLE ledgers ADD FOREIGN KEY (tenant_id, no, opening_id) REFERENCES entries (tenant_id, ledger_no, id)
    DEFERRABLE INITIALLY DEFERRED;
