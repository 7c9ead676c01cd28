-- Conditions on booleans.
CREATE TABLE switches (id serial PRIMARY KEY, on_now boolean NOT NULL CHECK (on_now), off_now boolean NOT NULL CHECK (NOT off_now), a boolean NOT NULL, b boolean NOT NULL, CHECK (a OR b));
