-- Bounds that fall between what the scale can hold.
CREATE TABLE rates (id serial PRIMARY KEY, rate numeric(5,3) NOT NULL CHECK (rate > 0.9994 AND rate < 1.0006), p numeric(3,2) NOT NULL CHECK (p > 0 AND p <= 1));
