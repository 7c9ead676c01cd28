-- Parents must satisfy a CHECK or a partial key of the child that refers to them.
CREATE TABLE accounts (id serial, kind text NOT NULL CHECK (kind IN ('cash', 'bank', 'card')), PRIMARY KEY (id), UNIQUE (id, kind));
CREATE TABLE transfers (id serial PRIMARY KEY, account integer NOT NULL, kind text NOT NULL CHECK (kind <> 'cash'), FOREIGN KEY (account, kind) REFERENCES accounts (id, kind));
CREATE TABLE tills (account integer NOT NULL, kind text NOT NULL DEFAULT 'cash' CHECK (kind = 'cash'), FOREIGN KEY (account, kind) REFERENCES accounts (id, kind));
CREATE TABLE holds (id serial PRIMARY KEY, account integer NOT NULL, kind text NOT NULL, FOREIGN KEY (account, kind) REFERENCES accounts (id, kind));
CREATE UNIQUE INDEX ON holds (account) WHERE kind = 'bank';
CREATE TABLE sizes (n integer PRIMARY KEY);
CREATE TABLE boxes (id serial PRIMARY KEY, size integer NOT NULL REFERENCES sizes CHECK (size > 10));
