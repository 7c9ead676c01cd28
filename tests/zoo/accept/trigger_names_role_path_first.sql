-- What the role's search_path resolves keeps its meaning, though the table's own schema has the same name.
-- free: log
CREATE TABLE public.log (id serial PRIMARY KEY, what text NOT NULL);
CREATE SCHEMA app;
CREATE TABLE app.log (id serial PRIMARY KEY, what text NOT NULL CHECK (what <> 'users'));
CREATE TABLE app.users (id serial PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION app.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (what) VALUES (TG_TABLE_NAME); RETURN NULL; END $$;
CREATE TRIGGER note AFTER INSERT ON app.users FOR EACH ROW EXECUTE FUNCTION app.note();
