-- A function that can't be read accepts nothing, and the finding names the constraint.
-- gap: seals = seals_genuine
-- fills: plain
CREATE FUNCTION genuine(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE found integer := 0;
BEGIN
    FOR n IN 1 .. length($1) LOOP found := found + ascii(substr($1, n, 1)); END LOOP;
    RETURN found < 0;
END $$;
CREATE TABLE seals (id serial PRIMARY KEY, mark text NOT NULL, CONSTRAINT seals_genuine CHECK (genuine(mark)));
CREATE TABLE plain (id serial PRIMARY KEY, name text NOT NULL);
