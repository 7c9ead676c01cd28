-- A ring of required references that may be checked late.
CREATE TABLE pages (id serial PRIMARY KEY, current integer NOT NULL);
CREATE TABLE revisions (id serial PRIMARY KEY, page integer NOT NULL REFERENCES pages);
ALTER TABLE pages ADD FOREIGN KEY (current) REFERENCES revisions DEFERRABLE INITIALLY IMMEDIATE;
