-- One a year, a month, an hour, by expressions; within ten years there are ten at the most.
-- free: seasons
CREATE TABLE seasons (id serial PRIMARY KEY, starts date NOT NULL CHECK (starts BETWEEN '2010-01-01' AND '2019-12-31'));
CREATE UNIQUE INDEX ON seasons ((extract(year FROM starts)));
CREATE TABLE months (id serial PRIMARY KEY, at timestamp NOT NULL);
CREATE UNIQUE INDEX ON months (date_trunc('month', at));
CREATE TABLE hours (id serial PRIMARY KEY, at timestamp NOT NULL);
CREATE UNIQUE INDEX ON hours (date_trunc('hour', at));
CREATE TABLE weeks (id serial PRIMARY KEY, at timestamptz NOT NULL, gone boolean NOT NULL);
CREATE UNIQUE INDEX ON weeks (date_trunc('week', at AT TIME ZONE 'Europe/Berlin')) WHERE NOT gone;
CREATE TABLE years (id serial PRIMARY KEY, day date NOT NULL);
CREATE UNIQUE INDEX ON years (date_part('year', day));
