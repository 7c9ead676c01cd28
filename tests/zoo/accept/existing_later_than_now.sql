-- A stored parent is later than the moment at which the data ends, as what a migration inserts is: its children come after.
-- parent: users
CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL);
INSERT INTO users (name, created_at) VALUES ('admin', '2031-05-01 12:00:00+00');
CREATE TABLE sites (id serial PRIMARY KEY, user_id integer NOT NULL REFERENCES users, domain text NOT NULL, created_at timestamptz NOT NULL UNIQUE);
CREATE TABLE visits (id serial PRIMARY KEY, site_id integer NOT NULL REFERENCES sites, created_at timestamptz NOT NULL, EXCLUDE (created_at WITH =));
