-- A rule on a table that others refer to, and one that notifies.
CREATE TABLE authors (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE books (id serial PRIMARY KEY, author_id integer NOT NULL REFERENCES authors, title text NOT NULL);
CREATE RULE told AS ON INSERT TO authors DO ALSO NOTIFY authors;
CREATE RULE counted AS ON INSERT TO books DO ALSO UPDATE authors SET name = name WHERE id = NEW.author_id;
