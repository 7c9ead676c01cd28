-- A rule that does something besides.
CREATE TABLE stock (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE totals (n bigint);
CREATE RULE counted AS ON INSERT TO stock DO ALSO UPDATE totals SET n = n + 1;
