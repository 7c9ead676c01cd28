-- From one account to another, of those alone that a list allows.
-- parent: accounts
CREATE TABLE accounts (code text PRIMARY KEY, name text NOT NULL);
INSERT INTO accounts VALUES ('a', 'old'), ('b', 'cash'), ('c', 'old'), ('d', 'bank'), ('e', 'old'), ('f', 'card');
CREATE TABLE transfers (
    id serial PRIMARY KEY,
    from_account text NOT NULL REFERENCES accounts CHECK (from_account IN ('b', 'd', 'f')),
    to_account text NOT NULL REFERENCES accounts CHECK (to_account IN ('b', 'd', 'f')),
    amount numeric(10, 2) NOT NULL CHECK (amount > 0),
    CHECK (from_account <> to_account));
CREATE TABLE routes (
    from_account text NOT NULL REFERENCES accounts CHECK (from_account = ANY (ARRAY['b', 'd', 'f'])),
    to_account text NOT NULL REFERENCES accounts CHECK (to_account IN ('d', 'e', 'f')),
    via text NOT NULL, PRIMARY KEY (from_account, to_account, via), CHECK (from_account <> to_account));
