-- Machines have no address and persons do; addresses of those that aren't gone are distinct, in lower case.
CREATE TABLE accounts (
    id serial PRIMARY KEY, address text NOT NULL, machine boolean NOT NULL, gone boolean NOT NULL DEFAULT false,
    CHECK ((machine = true) = (address = ''))
);
CREATE UNIQUE INDEX ON accounts (lower(address)) WHERE NOT gone;
