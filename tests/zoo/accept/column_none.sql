-- A table without any column, beside one with.
CREATE TABLE nothing ();
CREATE TABLE something (id serial PRIMARY KEY);
