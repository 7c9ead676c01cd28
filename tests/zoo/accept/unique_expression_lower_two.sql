-- Unique without regard to case, together with a parent, and in its own right.
CREATE TABLE orgs (id serial PRIMARY KEY, slug varchar(30) NOT NULL UNIQUE);
CREATE TABLE repos (id serial PRIMARY KEY, org integer NOT NULL REFERENCES orgs, name varchar(40) NOT NULL);
CREATE UNIQUE INDEX ON repos (org, lower(name));
