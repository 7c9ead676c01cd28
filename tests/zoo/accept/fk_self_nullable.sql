-- A tree with nullable parents.
CREATE TABLE categories (id serial PRIMARY KEY, parent integer REFERENCES categories, name text NOT NULL);
