-- Versions that count within a document, one of them current.
CREATE TABLE docs (id serial PRIMARY KEY);
CREATE TABLE versions (doc integer NOT NULL REFERENCES docs, number integer NOT NULL CHECK (number > 0), current boolean NOT NULL, PRIMARY KEY (doc, number));
CREATE UNIQUE INDEX ON versions (doc) WHERE current;
