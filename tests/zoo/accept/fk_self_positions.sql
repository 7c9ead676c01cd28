-- Trees where no row is its own parent and siblings have positions of their own.
CREATE TABLE menus (id serial PRIMARY KEY, parent_id integer REFERENCES menus CHECK (parent_id <> id), position integer NOT NULL, UNIQUE (parent_id, position));
CREATE TABLE pages (id uuid PRIMARY KEY, parent_id uuid REFERENCES pages, slug varchar(20) NOT NULL, CHECK (parent_id IS DISTINCT FROM id));
CREATE UNIQUE INDEX ON pages (coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), slug);
CREATE TABLE docs (space integer NOT NULL, id integer NOT NULL, parent integer, position smallint NOT NULL, PRIMARY KEY (space, id), FOREIGN KEY (space, parent) REFERENCES docs, UNIQUE (space, parent, position));
