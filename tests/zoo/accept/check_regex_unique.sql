-- A pattern of few words as a key.
-- rows: codes=20
CREATE TABLE codes (code text PRIMARY KEY CHECK (code ~ '^[ab][0-9]$'));
