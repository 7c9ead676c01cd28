-- A junction of three parents.
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE roles (id serial PRIMARY KEY);
CREATE TABLE projects (id serial PRIMARY KEY);
CREATE TABLE grants (usr integer REFERENCES users, role integer REFERENCES roles, project integer REFERENCES projects, PRIMARY KEY (usr, role, project));
