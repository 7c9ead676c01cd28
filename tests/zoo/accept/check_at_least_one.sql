-- At least one way to reach somebody.
CREATE TABLE contacts (id serial PRIMARY KEY, email text, phone text, CHECK (email IS NOT NULL OR phone IS NOT NULL));
