-- A parent whose referenced key the server computes.
CREATE TABLE docs (n integer NOT NULL UNIQUE, code text GENERATED ALWAYS AS ('DOC-' || n) STORED PRIMARY KEY);
CREATE TABLE pages (id serial PRIMARY KEY, doc text NOT NULL REFERENCES docs);
