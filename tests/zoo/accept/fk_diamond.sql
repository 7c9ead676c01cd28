-- Two ways down from the same grandparent, which need not meet.
CREATE TABLE companies (id serial PRIMARY KEY);
CREATE TABLE offices (id serial PRIMARY KEY, company integer NOT NULL REFERENCES companies);
CREATE TABLE projects (id serial PRIMARY KEY, company integer NOT NULL REFERENCES companies);
CREATE TABLE bookings (office integer NOT NULL REFERENCES offices, project integer NOT NULL REFERENCES projects, PRIMARY KEY (office, project));
