-- Rings of three required references, checked at once, beside keys and checks.
CREATE TABLE ones (id serial PRIMARY KEY, two integer NOT NULL UNIQUE, code varchar(8) NOT NULL UNIQUE);
CREATE TABLE twos (id serial PRIMARY KEY, three integer NOT NULL, low integer NOT NULL, high integer NOT NULL, CHECK (low < high));
CREATE TABLE threes (id serial PRIMARY KEY, one integer NOT NULL REFERENCES ones, kind text NOT NULL CHECK (kind IN ('a', 'b')), UNIQUE (one, kind));
ALTER TABLE ones ADD FOREIGN KEY (two) REFERENCES twos;
ALTER TABLE twos ADD FOREIGN KEY (three) REFERENCES threes;
CREATE TABLE x (id uuid PRIMARY KEY, y uuid NOT NULL);
CREATE TABLE y (id uuid PRIMARY KEY, z uuid NOT NULL, x uuid NOT NULL REFERENCES x);
CREATE TABLE z (id uuid PRIMARY KEY, x uuid NOT NULL REFERENCES x);
ALTER TABLE x ADD FOREIGN KEY (y) REFERENCES y;
ALTER TABLE y ADD FOREIGN KEY (z) REFERENCES z;
