-- Ranges as keys.
CREATE TABLE slots (during tstzrange PRIMARY KEY, days daterange UNIQUE, ids int4range NOT NULL UNIQUE);
