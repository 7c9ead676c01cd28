-- A CHECK that isn't validated still holds for new rows.
CREATE TABLE ages (id serial PRIMARY KEY, age integer NOT NULL);
ALTER TABLE ages ADD CHECK (age BETWEEN 0 AND 120) NOT VALID;
