-- Pairs of the same table of which the first must be the smaller.
CREATE TABLE people (id serial PRIMARY KEY);
CREATE TABLE friendships (a integer REFERENCES people, b integer REFERENCES people, PRIMARY KEY (a, b), CHECK (a < b));
CREATE TABLE teams (id uuid PRIMARY KEY);
CREATE TABLE rivalries (home uuid NOT NULL REFERENCES teams, away uuid NOT NULL REFERENCES teams, since date, UNIQUE (home, away), CHECK (home > away));
CREATE TABLE chats (id serial PRIMARY KEY, low integer NOT NULL REFERENCES people, high integer NOT NULL REFERENCES people, CHECK (low < high));
CREATE TABLE fixtures (a integer REFERENCES people, b integer REFERENCES people, season integer CHECK (season BETWEEN 2020 AND 2025), PRIMARY KEY (a, b, season), CHECK (a < b));
CREATE TABLE duels (id serial PRIMARY KEY, a uuid NOT NULL REFERENCES teams, b uuid NOT NULL REFERENCES teams);
CREATE UNIQUE INDEX ON duels (least(a, b), greatest(a, b));
