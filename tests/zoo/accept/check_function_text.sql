-- A function of the user over text.
CREATE FUNCTION valid_luhn(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT t ~ '^[0-9]{4}$' AND (substr(t, 1, 1)::int + substr(t, 2, 1)::int + substr(t, 3, 1)::int + substr(t, 4, 1)::int) % 10 = 0 $$;
CREATE TABLE cards (id serial PRIMARY KEY, digits text NOT NULL CHECK (valid_luhn(digits)));
