-- A parent in a schema that the role has no USAGE of.
-- role: zoo_writer
-- gap: cities
CREATE SCHEMA inner_ground;
CREATE TABLE inner_ground.countries (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE cities (id serial PRIMARY KEY, country_id integer NOT NULL REFERENCES inner_ground.countries, name text NOT NULL);
CREATE TABLE people (id serial PRIMARY KEY, born_in integer REFERENCES inner_ground.countries, name text NOT NULL);
GRANT SELECT, INSERT ON cities, people, inner_ground.countries TO zoo_writer;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_writer;
