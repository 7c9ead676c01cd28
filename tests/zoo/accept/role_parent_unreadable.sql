-- A parent that the role may neither read nor fill: children that need it are gaps, others leave it out.
-- role: zoo_writer
-- gap: countries, cities
CREATE TABLE countries (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO countries VALUES (1, 'Ghana'), (2, 'Peru');
CREATE TABLE cities (id serial PRIMARY KEY, country_id integer NOT NULL REFERENCES countries, name text NOT NULL);
CREATE TABLE people (id serial PRIMARY KEY, born_in integer REFERENCES countries, name text NOT NULL);
GRANT SELECT, INSERT ON cities, people TO zoo_writer;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO zoo_writer;
