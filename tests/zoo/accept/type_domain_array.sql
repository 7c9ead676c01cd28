-- Arrays of a domain and a domain over an array.
CREATE DOMAIN port AS integer CHECK (VALUE BETWEEN 1 AND 65535);
CREATE DOMAIN tag_list AS text[] CHECK (cardinality(VALUE) >= 1);
CREATE TABLE services (id serial PRIMARY KEY, ports port[] NOT NULL, tags tag_list NOT NULL);
