-- A function that can be read accepts nothing.
-- unsatisfiable: ballots = ballots_valid
-- fills: plain
CREATE FUNCTION valid(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN false; END $$;
CREATE TABLE ballots (id serial PRIMARY KEY, vote text NOT NULL, CONSTRAINT ballots_valid CHECK (valid(vote)));
CREATE TABLE plain (id serial PRIMARY KEY, name text NOT NULL);
