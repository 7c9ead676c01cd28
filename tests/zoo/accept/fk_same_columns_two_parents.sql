-- One column that refers to two tables at once.
CREATE TABLE persons (id serial PRIMARY KEY);
CREATE TABLE members (id integer PRIMARY KEY REFERENCES persons);
CREATE TABLE logins (id serial PRIMARY KEY, who integer NOT NULL REFERENCES persons REFERENCES members);
