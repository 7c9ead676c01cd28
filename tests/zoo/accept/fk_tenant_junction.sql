-- A junction within a tenant: the pair may only meet there.
-- free: memberships
CREATE TABLE tenants (id serial PRIMARY KEY);
CREATE TABLE users (tenant integer NOT NULL REFERENCES tenants, id serial, PRIMARY KEY (tenant, id));
CREATE TABLE groups (tenant integer NOT NULL REFERENCES tenants, id serial, PRIMARY KEY (tenant, id));
CREATE TABLE memberships (tenant integer NOT NULL, usr integer NOT NULL, grp integer NOT NULL, PRIMARY KEY (tenant, usr, grp),
    FOREIGN KEY (tenant, usr) REFERENCES users, FOREIGN KEY (tenant, grp) REFERENCES groups);
