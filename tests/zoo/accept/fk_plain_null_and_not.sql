-- A nullable and a required reference to the same parent.
CREATE TABLE persons (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE loans (id serial PRIMARY KEY, lender integer NOT NULL REFERENCES persons, borrower integer REFERENCES persons);
