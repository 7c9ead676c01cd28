-- A domain as a key.
CREATE DOMAIN slug AS text CHECK (VALUE ~ '^[a-z][a-z0-9-]{2,20}$');
CREATE TABLE posts (slug slug PRIMARY KEY, title text NOT NULL);
