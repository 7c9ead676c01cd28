-- A column and a multiple of another.
CREATE TABLE plans (id serial PRIMARY KEY, soft integer NOT NULL CHECK (soft > 0), hard integer NOT NULL CHECK (hard <= 1000), CHECK (hard <= soft * 2), CHECK (soft <= hard));
CREATE TABLE boxes (id serial PRIMARY KEY, pairs integer NOT NULL CHECK (pairs BETWEEN 1 AND 50), pieces integer NOT NULL, CHECK (pieces = pairs * 2));
CREATE TABLE loans (id serial PRIMARY KEY, amount numeric(12,2) NOT NULL CHECK (amount > 0), fee numeric(12,2) NOT NULL CHECK (fee >= 0), CHECK (fee <= amount * 0.15));
CREATE TABLE pages (id serial PRIMARY KEY, seen integer NOT NULL, done integer NOT NULL, CHECK (seen >= 0), CHECK (done >= 0), CHECK (done <= seen / 2));
