-- A numeric key of a single digit, of either sign.
-- rows: digits=19
CREATE TABLE digits (d numeric(1) PRIMARY KEY);
