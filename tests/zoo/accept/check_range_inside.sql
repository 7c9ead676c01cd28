-- A range inside a fixed one.
CREATE TABLE seats (id serial PRIMARY KEY, block int4range NOT NULL CHECK (block <@ int4range(1, 500)) CHECK (NOT isempty(block)), during tstzrange NOT NULL CHECK (NOT lower_inf(during)));
