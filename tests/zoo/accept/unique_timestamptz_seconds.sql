-- Timestamps that must differ by whole seconds.
CREATE TABLE ticks (at timestamptz(0) PRIMARY KEY, value real NOT NULL);
