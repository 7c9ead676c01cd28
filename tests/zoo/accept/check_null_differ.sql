-- One is NULL where the other isn't.
CREATE TABLE senders (id serial PRIMARY KEY, person integer, device integer, CHECK ((person IS NULL) <> (device IS NULL)));
