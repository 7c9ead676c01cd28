-- Unique without regard to case.
CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);
CREATE UNIQUE INDEX ON users (lower(email));
