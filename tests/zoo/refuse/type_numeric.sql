-- A number that its type can't hold.
-- unsatisfiable: scales = scales_heavy, scales.weight NOT NULL, scales.weight numeric(3,2)
CREATE TABLE scales (id serial PRIMARY KEY, weight numeric(3, 2) NOT NULL, CONSTRAINT scales_heavy CHECK (weight > 50));
