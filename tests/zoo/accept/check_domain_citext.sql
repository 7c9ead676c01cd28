-- A domain over citext with a pattern.
-- extension: citext
CREATE EXTENSION citext;
CREATE DOMAIN email AS citext CHECK (VALUE ~ '^[a-z0-9.!#$%&''*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$');
CREATE TABLE users (id serial PRIMARY KEY, email email NOT NULL UNIQUE);
