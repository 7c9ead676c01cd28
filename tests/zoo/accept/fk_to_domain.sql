-- Keys of a domain, and references of its base type.
CREATE DOMAIN country_code AS char(2) CHECK (VALUE ~ '^[A-Z]{2}$');
CREATE TABLE countries (code country_code PRIMARY KEY);
CREATE TABLE cities (id serial PRIMARY KEY, country char(2) NOT NULL REFERENCES countries);
