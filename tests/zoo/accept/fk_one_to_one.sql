-- A unique reference: each parent has at most one.
CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE profiles (id serial PRIMARY KEY, owner integer NOT NULL UNIQUE REFERENCES users, bio text);
