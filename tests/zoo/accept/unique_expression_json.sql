-- Unique by a member of a document.
CREATE TABLE hooks (id serial PRIMARY KEY, doc jsonb NOT NULL);
CREATE UNIQUE INDEX ON hooks ((doc ->> 'id'));
