-- Two composite references that share a tenant, one of which may be absent.
CREATE TABLE tenants (id serial PRIMARY KEY);
CREATE TABLE teams (tenant integer NOT NULL REFERENCES tenants, id serial, PRIMARY KEY (tenant, id));
CREATE TABLE members (tenant integer NOT NULL REFERENCES tenants, id serial, team integer, PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, team) REFERENCES teams);
CREATE TABLE tickets (tenant integer NOT NULL REFERENCES tenants, id serial PRIMARY KEY, author integer NOT NULL, assignee integer, team integer,
    FOREIGN KEY (tenant, author) REFERENCES members, FOREIGN KEY (tenant, assignee) REFERENCES members,
    FOREIGN KEY (tenant, team) REFERENCES teams);
