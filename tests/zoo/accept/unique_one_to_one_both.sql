-- Two unique references and their pair.
CREATE TABLE men (id serial PRIMARY KEY);
CREATE TABLE women (id serial PRIMARY KEY);
CREATE TABLE couples (husband integer UNIQUE REFERENCES men, wife integer UNIQUE REFERENCES women, PRIMARY KEY (husband, wife));
