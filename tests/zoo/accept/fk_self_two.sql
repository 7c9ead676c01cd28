-- Two references to the same table from within it.
CREATE TABLE people (id serial PRIMARY KEY, mother integer REFERENCES people, father integer REFERENCES people, CHECK (mother <> father));
