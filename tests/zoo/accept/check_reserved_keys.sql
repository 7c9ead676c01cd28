-- Branches that give a key overlapping intervals of integers: a value comes from one of them only.
CREATE TABLE roles (id integer PRIMARY KEY, name text NOT NULL, locked boolean NOT NULL DEFAULT false, CHECK (id > 3 OR locked), CHECK (id <> 0 OR name = 'system'));
CREATE TABLE ports (number integer PRIMARY KEY CHECK (number BETWEEN 1 AND 65535), owner text NOT NULL, CHECK (number >= 1024 OR owner = 'root'));
CREATE TABLE slots (room smallint NOT NULL, place smallint NOT NULL CHECK (place BETWEEN 1 AND 60), kind text NOT NULL CHECK (kind IN ('seat', 'stand')),
  UNIQUE (place), CHECK (kind = 'stand' OR place <= 40));
