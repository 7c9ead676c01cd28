-- A key whose CHECK leaves seven days a week.
-- rows: weekdays=7
CREATE TABLE weekdays (day smallint PRIMARY KEY CHECK (day BETWEEN 1 AND 7), name text NOT NULL);
