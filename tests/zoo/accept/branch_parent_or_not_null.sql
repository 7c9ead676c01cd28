-- A row that lacks something must belong to one parent of a certain key: the house's own, the unknown one.
CREATE TABLE entities (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE accounts (id serial PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE credit_accounts (id serial UNIQUE, entity_id integer NOT NULL REFERENCES entities, class integer NOT NULL,
  number text NOT NULL, account_id integer REFERENCES accounts, PRIMARY KEY (entity_id, number, class),
  CHECK (account_id IS NOT NULL OR entity_id = 0));
CREATE TABLE credits (id serial PRIMARY KEY, entity_id integer NOT NULL REFERENCES entities, account_id integer REFERENCES accounts,
  CHECK (account_id IS NOT NULL OR entity_id = 7));
CREATE TABLE kinds (code text PRIMARY KEY, title text NOT NULL);
CREATE TABLE papers (id serial PRIMARY KEY, kind text NOT NULL REFERENCES kinds, signed_by text, signed_at timestamptz,
  CHECK (kind = 'draft' OR (signed_by IS NOT NULL AND signed_at IS NOT NULL)));
