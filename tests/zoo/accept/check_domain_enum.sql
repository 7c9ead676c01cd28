-- A domain over an enum that leaves out some labels.
CREATE TYPE weekday AS ENUM ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
CREATE DOMAIN workday AS weekday CHECK (VALUE NOT IN ('sat', 'sun'));
CREATE TABLE shifts (id serial PRIMARY KEY, day workday NOT NULL);
