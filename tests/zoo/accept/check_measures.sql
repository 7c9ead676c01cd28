-- Bounds on floating-point numbers, small numerics, money and intervals.
CREATE TABLE places (id serial PRIMARY KEY, latitude double precision NOT NULL CHECK (latitude >= -90 AND latitude <= 90), longitude double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180), share real NOT NULL CHECK (share BETWEEN 0 AND 100));
CREATE TABLE rates (id serial PRIMARY KEY, rate numeric(5,4) NOT NULL CHECK (rate > 0 AND rate <= 1), factor numeric(3,2) CHECK (factor < 1.5));
CREATE TABLE prices (id serial PRIMARY KEY, price money NOT NULL CHECK (price > 0::money AND price <= 50::money), cost money NOT NULL CHECK (cost >= '$0.00'::money), CHECK (cost <= price));
CREATE TABLE tasks (id serial PRIMARY KEY, length interval NOT NULL CHECK (length > interval '0' AND length <= interval '8 hours'), pause interval CHECK (pause >= interval '5 minutes'), CHECK (pause < length));
