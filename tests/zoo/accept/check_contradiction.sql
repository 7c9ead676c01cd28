-- Two CHECKs that contradict each other, and a table that depends on it.
-- unfillable: narrow, child
CREATE TABLE narrow (id serial PRIMARY KEY, n integer NOT NULL CHECK (n > 5), CHECK (n < 3));
CREATE TABLE child (id serial PRIMARY KEY, narrow integer NOT NULL REFERENCES narrow);
CREATE TABLE free (id serial PRIMARY KEY, narrow integer REFERENCES narrow);
