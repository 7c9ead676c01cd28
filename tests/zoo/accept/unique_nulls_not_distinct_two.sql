-- NULL counts as equal in a key of two columns.
-- server: 15
CREATE TABLE prefs (id serial PRIMARY KEY, scope varchar(10), name varchar(10), UNIQUE NULLS NOT DISTINCT (scope, name));
