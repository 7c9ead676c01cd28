-- A tree whose roots can only be their own parents.
CREATE TABLE accounts (id serial PRIMARY KEY, master integer NOT NULL REFERENCES accounts, name text NOT NULL);
