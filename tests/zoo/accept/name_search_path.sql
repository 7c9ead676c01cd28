-- A search_path set on the database that leaves out public and hides pg_catalog's names.
CREATE SCHEMA app;
CREATE FUNCTION app.lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'x' $$;
CREATE TABLE app.users (id serial PRIMARY KEY, email text NOT NULL);
CREATE UNIQUE INDEX ON app.users (pg_catalog.lower(email));
CREATE TABLE public.users (id serial PRIMARY KEY, app_user integer NOT NULL REFERENCES app.users);
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = app, pg_catalog', current_database()); END $$;
