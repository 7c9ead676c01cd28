-- Ranges of which no two overlap.
CREATE TABLE terms (id serial PRIMARY KEY, years daterange NOT NULL, EXCLUDE USING gist (years WITH &&));
