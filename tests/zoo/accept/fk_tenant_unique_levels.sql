-- A tenant's column shared three levels deep, with keys within each tenant.
CREATE TABLE tenants (id serial PRIMARY KEY, slug varchar(20) NOT NULL UNIQUE);
CREATE TABLE projects (tenant integer REFERENCES tenants, id integer, name varchar(20) NOT NULL, PRIMARY KEY (tenant, id), UNIQUE (tenant, name));
CREATE TABLE users (tenant integer REFERENCES tenants, id integer, email text NOT NULL, PRIMARY KEY (tenant, id), UNIQUE (tenant, email));
CREATE TABLE boards (tenant integer, project integer, id integer, title text NOT NULL, PRIMARY KEY (tenant, project, id), FOREIGN KEY (tenant, project) REFERENCES projects);
CREATE TABLE cards (tenant integer NOT NULL, project integer NOT NULL, board integer NOT NULL, number integer NOT NULL, assignee integer, UNIQUE (tenant, project, board, number), FOREIGN KEY (tenant, project, board) REFERENCES boards, FOREIGN KEY (tenant, assignee) REFERENCES users);
CREATE TABLE watchers (tenant integer NOT NULL REFERENCES tenants, project integer NOT NULL, watcher integer NOT NULL, PRIMARY KEY (tenant, project, watcher), FOREIGN KEY (tenant, project) REFERENCES projects, FOREIGN KEY (tenant, watcher) REFERENCES users);
