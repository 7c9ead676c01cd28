-- A range type of the user's own, and its multirange.
CREATE TYPE floatrange AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE textrange AS RANGE (subtype = text);
CREATE TABLE sensors (id serial PRIMARY KEY, safe floatrange NOT NULL, alphabet textrange NOT NULL,
    windows floatmultirange NOT NULL);
