-- A reference to columns that only a unique index makes unique, in another order.
CREATE TABLE areas (region text NOT NULL, zone text NOT NULL, note text);
CREATE UNIQUE INDEX ON areas (zone, region);
CREATE TABLE spots (id serial PRIMARY KEY, zone text NOT NULL, region text NOT NULL, FOREIGN KEY (zone, region) REFERENCES areas (zone, region));
