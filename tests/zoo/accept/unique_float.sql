-- Floats as keys.
CREATE TABLE marks (x double precision PRIMARY KEY, y real NOT NULL UNIQUE);
