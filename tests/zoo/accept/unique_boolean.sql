-- A boolean key holds two rows.
-- rows: sides=2
CREATE TABLE sides (heads boolean PRIMARY KEY, label text NOT NULL);
