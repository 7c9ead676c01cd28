-- A ring of three required references that are checked at once.
CREATE TABLE ones (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, two uuid NOT NULL);
CREATE TABLE twos (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), three text NOT NULL);
CREATE TABLE threes (id text PRIMARY KEY, one integer NOT NULL REFERENCES ones);
ALTER TABLE ones ADD FOREIGN KEY (two) REFERENCES twos;
ALTER TABLE twos ADD FOREIGN KEY (three) REFERENCES threes;
