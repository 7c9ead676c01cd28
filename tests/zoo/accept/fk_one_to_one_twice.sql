-- Two unique references to two parents.
CREATE TABLE desks (id serial PRIMARY KEY);
CREATE TABLE badges (id serial PRIMARY KEY);
CREATE TABLE employees (id serial PRIMARY KEY, desk integer UNIQUE REFERENCES desks, badge integer NOT NULL UNIQUE REFERENCES badges);
