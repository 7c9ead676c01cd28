-- Keys and values of hstore.
-- extension: hstore
CREATE EXTENSION hstore;
CREATE TABLE things (id serial PRIMARY KEY, a hstore NOT NULL CHECK (a ? 'size'), b hstore NOT NULL CHECK (b -> 'colour' IN ('red', 'blue')),
    c hstore CHECK (exist(c, 'k') AND (c -> 'n')::int > 5));
