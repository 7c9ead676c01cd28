-- Paths in trees whose roots a CHECK tells by their kind; of a second tree the level as well.
CREATE TABLE locations (
    id serial PRIMARY KEY, parent_id integer REFERENCES locations, code text NOT NULL UNIQUE, path text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('zone', 'aisle', 'rack')), CHECK ((kind = 'zone') = (parent_id IS NULL))
);
CREATE TABLE org_units (
    id serial PRIMARY KEY, parent_id integer REFERENCES org_units, name text NOT NULL, depth integer NOT NULL, path text,
    legal_form text CHECK (legal_form IN ('plc', 'ltd')), CHECK ((parent_id IS NULL) = (legal_form IS NOT NULL))
);
