-- Multiples of a number.
CREATE TABLE packs (id serial PRIMARY KEY, pieces integer NOT NULL CHECK (mod(pieces, 6) = 0 AND pieces > 0), minute smallint NOT NULL CHECK (minute % 15 = 0 AND minute BETWEEN 0 AND 59));
