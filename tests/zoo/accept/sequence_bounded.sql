-- A sequence with a maximum that caps the rows.
-- rows: seats=12
CREATE TABLE seats (id integer GENERATED ALWAYS AS IDENTITY (MAXVALUE 12) PRIMARY KEY, label text NOT NULL);
