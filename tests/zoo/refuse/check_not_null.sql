-- A column must be NULL, and must not.
-- unsatisfiable: notes = notes_empty, notes.body NOT NULL
-- fills: pages
CREATE TABLE notes (id serial PRIMARY KEY, body text NOT NULL, CONSTRAINT notes_empty CHECK (body IS NULL));
CREATE TABLE pages (id serial PRIMARY KEY, body text NOT NULL);
