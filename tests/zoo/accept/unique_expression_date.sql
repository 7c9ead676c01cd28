-- One report a day, by a cast, a truncation or parts of a moment.
CREATE TABLE reports (id serial PRIMARY KEY, made_at timestamp NOT NULL, note text);
CREATE UNIQUE INDEX ON reports ((made_at::date));
CREATE TABLE digests (id serial PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('mail', 'push')), sent timestamp NOT NULL);
CREATE UNIQUE INDEX ON digests (kind, date_trunc('day', sent));
CREATE TABLE shops (id serial PRIMARY KEY);
CREATE TABLE balances (id serial PRIMARY KEY, shop integer NOT NULL REFERENCES shops, closed_on date NOT NULL, amount numeric(10,2));
CREATE UNIQUE INDEX ON balances (shop, (extract(year FROM closed_on)));
