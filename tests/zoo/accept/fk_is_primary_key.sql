-- A subtype that shares its parent's key.
CREATE TABLE parties (id serial PRIMARY KEY, kind text NOT NULL);
CREATE TABLE persons (id integer PRIMARY KEY REFERENCES parties, given text NOT NULL);
CREATE TABLE firms (id integer PRIMARY KEY REFERENCES parties, title text NOT NULL);
