-- Columns of which a CHECK leaves one value each: a table of one row's kind.
-- rows: singles=1
CREATE TABLE singles (id boolean PRIMARY KEY DEFAULT true CHECK (id), version integer NOT NULL CHECK (version = 1), name text NOT NULL);
