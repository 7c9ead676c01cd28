-- Two partial keys on complementary conditions.
CREATE TABLE teams (id serial PRIMARY KEY);
CREATE TABLE handles (id serial PRIMARY KEY, team integer REFERENCES teams, name varchar(6) NOT NULL);
CREATE UNIQUE INDEX ON handles (name) WHERE team IS NULL;
CREATE UNIQUE INDEX ON handles (team, name) WHERE team IS NOT NULL;
