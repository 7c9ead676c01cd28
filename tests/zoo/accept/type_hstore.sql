-- hstore.
-- extension: hstore
CREATE EXTENSION hstore;
CREATE TABLE items (id serial PRIMARY KEY, attributes hstore NOT NULL);
