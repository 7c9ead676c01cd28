-- Multiples, residues and whole parts of time.
CREATE TABLE packs (id serial PRIMARY KEY, size integer NOT NULL CHECK (size % 5 = 0), odd integer NOT NULL CHECK (mod(odd, 2) = 1), step numeric(6,2) NOT NULL CHECK (step % 0.25 = 0 AND step > 0));
CREATE TABLE months (id serial PRIMARY KEY, month date NOT NULL CHECK (date_trunc('month', month) = month), paid date NOT NULL CHECK (extract(isodow FROM paid) BETWEEN 1 AND 5));
CREATE TABLE weeks (id serial PRIMARY KEY, week date NOT NULL UNIQUE CHECK (extract(dow FROM week) = 1), quarter date NOT NULL CHECK (extract(month FROM quarter) IN (1, 4, 7, 10) AND extract(day FROM quarter) = 1));
CREATE TABLE slots (id serial PRIMARY KEY, at timestamptz NOT NULL CHECK (date_part('minute', at) IN (0, 30)), began timestamp NOT NULL CHECK (extract(hour FROM began) BETWEEN 8 AND 17));
