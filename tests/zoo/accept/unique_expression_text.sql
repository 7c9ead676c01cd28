-- Unique by what is left of a text: a few characters, its folded form, two columns together.
CREATE TABLE airports (id serial PRIMARY KEY, code varchar(8) NOT NULL);
CREATE UNIQUE INDEX ON airports ("left"(code, 3));
CREATE TABLE tags (id serial PRIMARY KEY, label text NOT NULL);
CREATE UNIQUE INDEX ON tags (lower(btrim(label)));
CREATE TABLE prefixes (id serial PRIMARY KEY, name text NOT NULL);
CREATE UNIQUE INDEX ON prefixes (substring(name, 1, 5));
CREATE TABLE people (id serial PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL);
CREATE UNIQUE INDEX ON people ((first_name || last_name));
CREATE TABLE prints (id serial PRIMARY KEY, body text NOT NULL);
CREATE UNIQUE INDEX ON prints (md5(body));
CREATE TABLE squeezed (id serial PRIMARY KEY, name text NOT NULL);
CREATE UNIQUE INDEX ON squeezed (replace(lower(name), ' ', ''));
CREATE TABLE parts (id serial PRIMARY KEY, email text NOT NULL);
CREATE UNIQUE INDEX ON parts (split_part(email, '@', 1));
