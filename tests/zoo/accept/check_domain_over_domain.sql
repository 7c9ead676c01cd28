-- Domains over domains with checks at each level, on text and on numbers.
CREATE DOMAIN trimmed AS text CHECK (VALUE = btrim(VALUE));
CREATE DOMAIN label AS trimmed CHECK (VALUE <> '') CHECK (length(VALUE) <= 24);
CREATE DOMAIN handle AS label CHECK (VALUE ~ '^@[a-z]+$');
CREATE DOMAIN cents AS numeric(12,2) CHECK (VALUE >= 0);
CREATE DOMAIN tip AS cents CHECK (VALUE < 100) NOT NULL;
CREATE TABLE tweets (id serial PRIMARY KEY, author handle NOT NULL UNIQUE, title label, fee tip);
