-- A condition by CASE.
CREATE TABLE rules (id serial PRIMARY KEY, kind text NOT NULL, value integer NOT NULL,
    CHECK (CASE kind WHEN 'percent' THEN value BETWEEN 0 AND 100 WHEN 'amount' THEN value >= 0 ELSE false END));
