-- Stored rows whose unique names must not be met again when rows are appended.
-- parent: tags
CREATE TABLE tags (id serial PRIMARY KEY, name text NOT NULL UNIQUE, slug varchar(8) NOT NULL UNIQUE);
INSERT INTO tags (name, slug) VALUES ('Sale', 'a'), ('New', 'aa'), ('Tag 1', 'b'), ('Tag 2', '1'), ('x', '2');
