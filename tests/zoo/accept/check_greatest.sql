-- A column that is the greatest of two others.
CREATE TABLE peaks (id serial PRIMARY KEY, a integer NOT NULL, b integer NOT NULL, top integer NOT NULL, CHECK (top >= greatest(a, b)));
