-- One a year, by expressions that leave few values in a span of years.
-- free: seasons, months
CREATE TABLE seasons (id serial PRIMARY KEY, starts date NOT NULL CHECK (starts BETWEEN '2010-01-01' AND '2019-12-31'));
CREATE UNIQUE INDEX ON seasons ((extract(year FROM starts)));
CREATE TABLE months (id serial PRIMARY KEY, at timestamp NOT NULL);
CREATE UNIQUE INDEX ON months (date_trunc('month', at));
CREATE TABLE hours (id serial PRIMARY KEY, at timestamptz NOT NULL);
CREATE UNIQUE INDEX ON hours (date_trunc('hour', at, 'UTC'));
