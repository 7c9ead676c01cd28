-- Extension types that live in a schema of their own, off the search path.
-- extension: citext
CREATE SCHEMA extensions;
CREATE EXTENSION citext SCHEMA extensions;
CREATE TABLE members (id serial PRIMARY KEY, email extensions.citext NOT NULL UNIQUE,
    CONSTRAINT email_has_at CHECK (email OPERATOR(extensions.~) '^[a-z0-9.]+@[a-z0-9.]+$'::extensions.citext));
