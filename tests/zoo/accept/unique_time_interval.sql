-- Times and intervals as keys.
CREATE TABLE alarms (at time PRIMARY KEY, snooze interval NOT NULL UNIQUE, zoned timetz UNIQUE);
