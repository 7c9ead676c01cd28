-- The column is too short for its pattern.
-- unsatisfiable: plates = plates_form, plates.plate NOT NULL, plates.plate character(4)
CREATE TABLE plates (id serial PRIMARY KEY, plate char(4) NOT NULL, CONSTRAINT plates_form CHECK (plate ~ '^[A-Z]{5,9}$'));
