-- A key whose CHECK lists four values.
-- rows: levels=4
CREATE TABLE levels (code text PRIMARY KEY CHECK (code IN ('low', 'mid', 'high', 'max')), note text);
