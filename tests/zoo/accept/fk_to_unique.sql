-- References to unique keys that are not the primary key, one of them nullable there.
CREATE TABLE countries (id serial PRIMARY KEY, iso char(2) NOT NULL UNIQUE, dial varchar(6) UNIQUE);
CREATE TABLE phones (id serial PRIMARY KEY, iso char(2) NOT NULL REFERENCES countries (iso), dial varchar(6) NOT NULL REFERENCES countries (dial));
