-- A CHECK that children inherit.
CREATE TABLE base (id serial PRIMARY KEY, score integer NOT NULL CHECK (score BETWEEN 10 AND 20));
CREATE TABLE derived (extra integer NOT NULL CHECK (extra > 0), CHECK (score < 15)) INHERITS (base);
