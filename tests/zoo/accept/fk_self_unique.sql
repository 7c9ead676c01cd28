-- A linked list: each row has at most one successor.
CREATE TABLE chapters (id serial PRIMARY KEY, previous integer UNIQUE REFERENCES chapters, title text NOT NULL);
