-- A parent whose referenced key the server computes.
CREATE TABLE docs (n integer NOT NULL UNIQUE, code text GENERATED ALWAYS AS ('DOC-' || n) STORED PRIMARY KEY);
CREATE TABLE pages (id serial PRIMARY KEY, doc text NOT NULL REFERENCES docs);
CREATE TABLE users (id serial PRIMARY KEY, name varchar(20) NOT NULL UNIQUE CHECK (name ~ '^[A-Za-z0-9]+$'), handle text GENERATED ALWAYS AS (lower(name)) STORED UNIQUE);
CREATE TABLE follows (follower text NOT NULL REFERENCES users (handle), followed text NOT NULL REFERENCES users (handle), PRIMARY KEY (follower, followed));
CREATE TABLE cells (x smallint NOT NULL, y smallint NOT NULL, n integer GENERATED ALWAYS AS (x::integer * 100000 + y) STORED UNIQUE, UNIQUE (x, y));
CREATE TABLE pieces (id serial PRIMARY KEY, cell integer REFERENCES cells (n));
CREATE TABLE regions (country char(2) NOT NULL CHECK (country IN ('de', 'fr', 'it')), code text NOT NULL, full_code text GENERATED ALWAYS AS (upper(country || '-' || code)) STORED UNIQUE, UNIQUE (country, code));
CREATE TABLE towns (id serial PRIMARY KEY, region text NOT NULL REFERENCES regions (full_code));
