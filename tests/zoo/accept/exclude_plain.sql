-- An exclusion that is nothing but a unique key.
CREATE TABLE codes (id serial PRIMARY KEY, code text NOT NULL, EXCLUDE USING btree (code WITH =));
