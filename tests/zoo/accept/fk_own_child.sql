-- A parent points at one of its own children.
CREATE TABLE customers (id serial PRIMARY KEY, primary_address integer UNIQUE);
CREATE TABLE addresses (id serial PRIMARY KEY, customer integer NOT NULL REFERENCES customers ON DELETE CASCADE, label varchar(10) NOT NULL, UNIQUE (customer, label));
ALTER TABLE customers ADD FOREIGN KEY (primary_address) REFERENCES addresses DEFERRABLE;
CREATE TABLE albums (id uuid PRIMARY KEY, cover uuid);
CREATE TABLE photos (album uuid NOT NULL REFERENCES albums, id uuid NOT NULL, position integer NOT NULL, PRIMARY KEY (album, id), UNIQUE (album, position));
ALTER TABLE albums ADD FOREIGN KEY (id, cover) REFERENCES photos (album, id);
