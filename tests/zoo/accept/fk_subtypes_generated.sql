-- The discriminator is a generated column.
-- free: circles
CREATE TABLE shapes (id serial PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('circle', 'square')), UNIQUE (id, kind));
CREATE TABLE circles (id integer PRIMARY KEY, kind text GENERATED ALWAYS AS ('circle'::text) STORED, radius real NOT NULL, FOREIGN KEY (id, kind) REFERENCES shapes (id, kind));
