-- Classic inheritance: children keep rows and keys of their own.
CREATE TABLE vehicles (id serial PRIMARY KEY, plate text NOT NULL CHECK (plate <> ''), wheels integer NOT NULL);
CREATE TABLE cars (doors smallint NOT NULL CHECK (doors BETWEEN 2 AND 5), PRIMARY KEY (id)) INHERITS (vehicles);
CREATE TABLE trucks (load numeric(6,2) NOT NULL, CHECK (wheels >= 4)) INHERITS (vehicles);
CREATE TABLE trips (id serial PRIMARY KEY, vehicle integer NOT NULL REFERENCES vehicles);
