-- No overlap within a parent among those in force; one open at a time.
-- extension: btree_gist
CREATE EXTENSION btree_gist;
CREATE TABLE staff (id serial PRIMARY KEY);
CREATE TABLE leases (id serial PRIMARY KEY, member integer NOT NULL REFERENCES staff, during daterange NOT NULL, state text NOT NULL CHECK (state IN ('draft', 'active', 'void')),
    EXCLUDE USING gist (member WITH =, during WITH &&) WHERE (state = 'active'));
CREATE TABLE desks (id serial PRIMARY KEY, member integer NOT NULL REFERENCES staff, span int4range NOT NULL, deleted_at timestamptz,
    EXCLUDE USING gist (member WITH =, span WITH &&) WHERE (deleted_at IS NULL));
