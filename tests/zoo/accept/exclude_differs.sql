-- All rows of a group must agree: exclusion by equality of one and difference of another.
-- extension: btree_gist
CREATE EXTENSION btree_gist;
CREATE TABLE cages (id serial PRIMARY KEY, cage integer NOT NULL, animal text NOT NULL, EXCLUDE USING gist (cage WITH =, animal WITH <>));
CREATE TABLE groups (id serial PRIMARY KEY);
CREATE TABLE members (id serial PRIMARY KEY, grp integer NOT NULL REFERENCES groups, currency integer NOT NULL, EXCLUDE USING gist (grp WITH =, currency WITH <>));
