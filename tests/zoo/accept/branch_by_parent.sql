-- What a row holds depends on which row of a lookup table it refers to, by number, by code, by a copied discriminator.
CREATE TABLE kinds (id integer PRIMARY KEY, name text);
CREATE TABLE items (id serial PRIMARY KEY, kind_id integer NOT NULL REFERENCES kinds, width integer, url text,
  CHECK ((kind_id = 1 AND width IS NOT NULL AND url IS NULL) OR (kind_id = 2 AND url IS NOT NULL AND width IS NULL)),
  CHECK (kind_id <> 2 OR url ~ '^[a-z]+$'));
CREATE TABLE things (id serial PRIMARY KEY, kind_id integer NOT NULL REFERENCES kinds, width integer,
  CHECK (kind_id = 3 OR width IS NOT NULL));
CREATE TABLE genres (code text PRIMARY KEY, name text);
CREATE TABLE songs (id serial PRIMARY KEY, genre text NOT NULL REFERENCES genres, lyrics text,
  CHECK (genre = 'instrumental' OR lyrics IS NOT NULL), CHECK (genre <> 'opera' OR length(lyrics) > 50));
CREATE TABLE parties (id serial PRIMARY KEY, type text NOT NULL CHECK (type IN ('person', 'org', 'robot')), UNIQUE (id, type));
CREATE TABLE contracts (id serial PRIMARY KEY, party_id integer NOT NULL, party_type text NOT NULL, vat_id text, born_on date,
  FOREIGN KEY (party_id, party_type) REFERENCES parties (id, type),
  CHECK ((party_type = 'org' AND vat_id IS NOT NULL AND born_on IS NULL)
    OR (party_type = 'person' AND vat_id IS NULL AND born_on IS NOT NULL)));
CREATE TABLE visits (id serial PRIMARY KEY, kind_id integer REFERENCES kinds, reason text,
  CHECK (kind_id IS NULL OR kind_id <> 4 OR reason IS NOT NULL));
CREATE TABLE marks (item_id integer NOT NULL REFERENCES items, kind_id integer NOT NULL REFERENCES kinds, note text,
  PRIMARY KEY (item_id, kind_id), CHECK (kind_id <> 5 OR note IS NOT NULL));
