-- Subtypes that share a key and may not overlap, by a copied discriminator.
-- free: persons, firms
CREATE TABLE parties (id serial, kind text NOT NULL CHECK (kind IN ('person', 'firm')), PRIMARY KEY (id), UNIQUE (id, kind));
CREATE TABLE persons (id integer PRIMARY KEY, kind text NOT NULL DEFAULT 'person' CHECK (kind = 'person'), name text NOT NULL, FOREIGN KEY (id, kind) REFERENCES parties (id, kind));
CREATE TABLE firms (id integer PRIMARY KEY, kind text NOT NULL DEFAULT 'firm' CHECK (kind = 'firm'), title text NOT NULL, FOREIGN KEY (id, kind) REFERENCES parties (id, kind));
