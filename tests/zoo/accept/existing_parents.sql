-- Reference rows from a migration serve as parents.
-- parent: countries
CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL);
INSERT INTO countries VALUES ('de', 'Germany'), ('fr', 'France'), ('it', 'Italy');
CREATE TABLE cities (id serial PRIMARY KEY, country char(2) NOT NULL REFERENCES countries, name text NOT NULL);
