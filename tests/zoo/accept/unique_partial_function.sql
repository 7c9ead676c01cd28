-- Unique where a function of the user holds.
CREATE FUNCTION is_live(s text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT s IN ('live', 'beta') $$;
CREATE TABLE sites (id serial PRIMARY KEY, owner integer NOT NULL, state text NOT NULL CHECK (state IN ('live', 'beta', 'off')));
CREATE UNIQUE INDEX ON sites (owner) WHERE is_live(state);
