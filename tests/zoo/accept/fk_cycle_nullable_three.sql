-- Three tables in a ring with two ways out.
CREATE TABLE a_orders (id serial PRIMARY KEY, latest integer);
CREATE TABLE b_parcels (id serial PRIMARY KEY, ordered integer NOT NULL REFERENCES a_orders);
CREATE TABLE c_scans (id serial PRIMARY KEY, parcel integer REFERENCES b_parcels);
ALTER TABLE a_orders ADD FOREIGN KEY (latest) REFERENCES c_scans;
