-- One of two ranges.
CREATE TABLE ports (id serial PRIMARY KEY, port integer NOT NULL CHECK (port = 80 OR port = 443 OR port BETWEEN 8000 AND 8999), temp numeric(4,1) NOT NULL CHECK (temp < -10 OR temp > 30));
