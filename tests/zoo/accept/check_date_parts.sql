-- Dates that begin a month, and years as numbers.
CREATE TABLE periods (id serial PRIMARY KEY, month date NOT NULL CHECK (extract(day FROM month) = 1), year integer NOT NULL CHECK (year BETWEEN 1990 AND extract(year FROM now())));
