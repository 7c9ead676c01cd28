-- A chain of tables that all share one key.
CREATE TABLE things (id uuid PRIMARY KEY);
CREATE TABLE products (id uuid PRIMARY KEY REFERENCES things, name text NOT NULL);
CREATE TABLE books (id uuid PRIMARY KEY REFERENCES products, isbn text);
CREATE TABLE comics (id uuid PRIMARY KEY REFERENCES books, color boolean NOT NULL);
