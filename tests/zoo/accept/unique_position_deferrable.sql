-- Positions that may clash until the end of the transaction.
CREATE TABLE cards (id serial PRIMARY KEY, place integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED);
