-- Documents that are compared as text: a null that stands for "none", an empty one demanded in some branches.
CREATE TABLE icons (id serial PRIMARY KEY, icon bytea, icon_data json NOT NULL, logo text, logo_data jsonb NOT NULL,
  CHECK ((icon IS NULL) = ((icon_data)::text = 'null'::text)), CHECK ((logo IS NULL) = ((logo_data)::text = 'null'::text)));
CREATE TABLE items (id serial PRIMARY KEY, type smallint NOT NULL CHECK (type IN (1, 2, 3)), title varchar, field_data jsonb NOT NULL, parent_id integer REFERENCES items,
  CHECK (type <> 1 OR title IS NOT NULL AND parent_id IS NOT NULL),
  CHECK (type <> 2 OR title IS NOT NULL AND (field_data)::text = '{}' AND parent_id IS NULL),
  CHECK (type <> 3 OR title IS NULL AND (field_data)::text = '{}' AND parent_id IS NOT NULL));
CREATE TABLE states (id serial PRIMARY KEY, seen json NOT NULL CHECK (seen::text <> '[]'), raw json NOT NULL CHECK (raw::text = '{ "a": [1,2] }'),
  flags jsonb NOT NULL DEFAULT '{}' CHECK (flags::text <> '{}'));
