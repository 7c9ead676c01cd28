-- A date as a key, within one week.
-- rows: shifts=7
CREATE TABLE shifts (day date PRIMARY KEY CHECK (day >= '2026-02-02' AND day < '2026-02-09'));
