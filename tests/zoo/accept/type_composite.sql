-- Composite types, also in each other and as arrays.
CREATE TYPE geo AS (lat numeric(8,5), lon numeric(8,5));
CREATE TYPE postal AS (street text, "Zip Code" varchar(10), place geo);
CREATE TABLE branches (id serial PRIMARY KEY, address postal NOT NULL, former postal[] NOT NULL);
