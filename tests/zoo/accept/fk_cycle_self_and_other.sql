-- A ring through two tables, one of which also refers to itself.
CREATE TABLE teams (id serial PRIMARY KEY, lead integer, part_of integer REFERENCES teams);
CREATE TABLE persons (id serial PRIMARY KEY, team integer NOT NULL REFERENCES teams, boss integer REFERENCES persons);
ALTER TABLE teams ADD FOREIGN KEY (lead) REFERENCES persons;
