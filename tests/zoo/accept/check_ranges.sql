-- Conditions on ranges.
CREATE TABLE stays (id serial PRIMARY KEY, during daterange NOT NULL CHECK (NOT isempty(during)), years int4range NOT NULL CHECK (lower(years) >= 2000));
