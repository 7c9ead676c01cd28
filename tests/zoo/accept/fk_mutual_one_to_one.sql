-- Two tables of which each row has exactly one partner in the other.
CREATE TABLE captains (id serial PRIMARY KEY, ship integer NOT NULL UNIQUE);
CREATE TABLE ships (id serial PRIMARY KEY, captain integer NOT NULL UNIQUE REFERENCES captains);
ALTER TABLE captains ADD FOREIGN KEY (ship) REFERENCES ships DEFERRABLE;
