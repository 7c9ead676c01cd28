-- Ranges of which no two overlap, of several types, also one of the user's.
CREATE TABLE terms (id serial PRIMARY KEY, years daterange NOT NULL, EXCLUDE USING gist (years WITH &&));
CREATE TABLE blocks (id serial PRIMARY KEY, span int4range NOT NULL, EXCLUDE USING gist (span WITH &&));
CREATE TYPE seconds AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TABLE cuts (id serial PRIMARY KEY, at seconds NOT NULL, EXCLUDE USING gist (at WITH &&));
CREATE TABLE fees (id serial PRIMARY KEY, amount numrange, EXCLUDE USING gist (amount WITH &&));
