-- A rule on a table of a ring that is closed by an update.
CREATE TABLE teams (id serial PRIMARY KEY, lead_id integer);
CREATE TABLE members (id serial PRIMARY KEY, team_id integer NOT NULL REFERENCES teams);
ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES members;
CREATE RULE told AS ON INSERT TO teams DO ALSO NOTIFY teams;
