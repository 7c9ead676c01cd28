-- Pairs of the same table of which the first must be the smaller.
CREATE TABLE people (id serial PRIMARY KEY);
CREATE TABLE friendships (a integer REFERENCES people, b integer REFERENCES people, PRIMARY KEY (a, b), CHECK (a < b));
