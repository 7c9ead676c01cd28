-- A prefix, a length and a canonical form at once.
CREATE TABLE keys (id serial PRIMARY KEY, k varchar(16) NOT NULL UNIQUE CHECK (k LIKE 'key\_%') CHECK (length(k) >= 8) CHECK (k = lower(k)));
