-- citext as a plain column, a key and in an array.
-- extension: citext
CREATE EXTENSION citext;
CREATE TABLE accounts (id serial PRIMARY KEY, login citext NOT NULL UNIQUE, nick citext, aliases citext[] NOT NULL);
