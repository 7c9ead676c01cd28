-- A composite reference of which one column may be NULL under MATCH SIMPLE.
CREATE TABLE shelves (room integer, shelf integer, PRIMARY KEY (room, shelf));
CREATE TABLE books (id serial PRIMARY KEY, room integer NOT NULL, shelf integer, FOREIGN KEY (room, shelf) REFERENCES shelves);
