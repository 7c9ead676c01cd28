-- A function of the user in a CHECK.
CREATE FUNCTION is_even(n integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN n % 2 = 0; END $$;
CREATE TABLE evens (id serial PRIMARY KEY, n integer NOT NULL CHECK (is_even(n)));
