-- Unique by the first characters.
CREATE TABLE articles (id serial PRIMARY KEY, title text NOT NULL);
CREATE UNIQUE INDEX ON articles ("left"(title, 20));
