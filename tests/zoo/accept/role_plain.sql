-- A role that may write and owns nothing.
-- role: zoo_writer
CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO zoo_writer;
CREATE TABLE app.users (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE app.pets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner integer NOT NULL REFERENCES app.users);
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO zoo_writer;
GRANT ALL ON ALL SEQUENCES IN SCHEMA app TO zoo_writer;
