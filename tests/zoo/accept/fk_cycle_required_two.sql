-- A ring of two required references that are checked at once.
CREATE TABLE hens (id serial PRIMARY KEY, egg integer NOT NULL);
CREATE TABLE eggs (id serial PRIMARY KEY, hen integer NOT NULL REFERENCES hens);
ALTER TABLE hens ADD FOREIGN KEY (egg) REFERENCES eggs;
