-- A key of a nullable reference and a name.
CREATE TABLE groups (id serial PRIMARY KEY);
CREATE TABLE labels (id serial PRIMARY KEY, grp integer REFERENCES groups, name varchar(20) NOT NULL, UNIQUE (grp, name));
