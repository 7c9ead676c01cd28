-- A CHECK on a column that a reference fills.
-- parent: roles
CREATE TABLE roles (code text PRIMARY KEY, note text);
INSERT INTO roles VALUES ('admin', 'a'), ('guest', 'g'), ('bot', NULL);
CREATE TABLE users (id serial PRIMARY KEY, role text NOT NULL REFERENCES roles CHECK (role <> 'bot'));
