-- Two tables that refer to each other, one of them optionally.
CREATE TABLE departments (id serial PRIMARY KEY, head integer);
CREATE TABLE employees (id serial PRIMARY KEY, department integer NOT NULL REFERENCES departments);
ALTER TABLE departments ADD FOREIGN KEY (head) REFERENCES employees;
