-- A year of six digits in two bytes.
-- unsatisfiable: eras = eras_late, eras.year NOT NULL, eras.year smallint
CREATE TABLE eras (id serial PRIMARY KEY, year smallint NOT NULL, CONSTRAINT eras_late CHECK (year >= 100000));
