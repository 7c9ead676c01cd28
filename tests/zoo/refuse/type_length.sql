-- A text shorter than it must be long.
-- unsatisfiable: codes = codes_long, codes.code NOT NULL, codes.code character varying(3)
CREATE TABLE codes (id serial PRIMARY KEY, code varchar(3) NOT NULL, CONSTRAINT codes_long CHECK (length(code) >= 5));
