-- One price a product and currency, by equality alone.
-- extension: btree_gist
CREATE EXTENSION btree_gist;
CREATE TABLE prices (id serial PRIMARY KEY, product integer NOT NULL, currency char(3) NOT NULL, EXCLUDE USING gist (product WITH =, currency WITH =));
