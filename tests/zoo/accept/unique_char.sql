-- Two characters as a key.
CREATE TABLE states (code char(2) PRIMARY KEY, name text NOT NULL);
