-- A many-to-many table.
CREATE TABLE students (id serial PRIMARY KEY);
CREATE TABLE courses (id serial PRIMARY KEY);
CREATE TABLE enrolments (student integer REFERENCES students, course integer REFERENCES courses, since date NOT NULL, PRIMARY KEY (student, course));
