-- A function that reads another table.
-- parent: allowed
CREATE TABLE allowed (code text PRIMARY KEY);
INSERT INTO allowed VALUES ('red'), ('green'), ('blue');
CREATE FUNCTION is_allowed(c text) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT FROM public.allowed a WHERE a.code = c) $$;
CREATE TABLE paints (id serial PRIMARY KEY, code text NOT NULL CHECK (is_allowed(code)));
