-- A domain that takes nothing at all.
-- unsatisfiable: readings = level_high of domain level, level_low of domain level, domain level NOT NULL
CREATE DOMAIN level AS integer NOT NULL CONSTRAINT level_high CHECK (VALUE > 10) CONSTRAINT level_low CHECK (VALUE < 0);
CREATE TABLE readings (id serial PRIMARY KEY, level level);
