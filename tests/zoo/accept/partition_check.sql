-- A partition with a CHECK of its own.
CREATE TABLE pings (id serial, ok boolean NOT NULL, ms integer NOT NULL) PARTITION BY LIST (ok);
CREATE TABLE pings_ok PARTITION OF pings (CHECK (ms < 500)) FOR VALUES IN (true);
CREATE TABLE pings_bad PARTITION OF pings (CHECK (ms >= 500)) FOR VALUES IN (false);
