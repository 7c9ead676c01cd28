-- Subtypes share the key of their supertype and its discriminator, by a generated column, a default and an enum.
-- free: cars, vans, bikes
CREATE TYPE vehicle AS ENUM ('car', 'van', 'bike');
CREATE TABLE vehicles (id serial PRIMARY KEY, kind vehicle NOT NULL, UNIQUE (id, kind));
CREATE TABLE cars (id integer PRIMARY KEY, kind vehicle NOT NULL DEFAULT 'car' CHECK (kind = 'car'), doors integer NOT NULL, FOREIGN KEY (id, kind) REFERENCES vehicles (id, kind) ON UPDATE CASCADE);
CREATE TABLE vans (id integer PRIMARY KEY, kind vehicle GENERATED ALWAYS AS ('van'::vehicle) STORED, load integer NOT NULL, FOREIGN KEY (id, kind) REFERENCES vehicles (id, kind));
CREATE TABLE bikes (kind vehicle NOT NULL CHECK (kind IN ('bike')), id integer NOT NULL UNIQUE, FOREIGN KEY (kind, id) REFERENCES vehicles (kind, id));
ALTER TABLE vehicles ADD UNIQUE (kind, id);
