-- Nobody without a mentor, and nobody their own.
CREATE TABLE staff (id serial PRIMARY KEY, mentor integer NOT NULL REFERENCES staff, CHECK (mentor <> id));
