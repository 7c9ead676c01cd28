-- Range partitions of text.
CREATE TABLE people (surname text NOT NULL, born date) PARTITION BY RANGE (surname);
CREATE TABLE people_am PARTITION OF people FOR VALUES FROM ('A') TO ('N');
CREATE TABLE people_nz PARTITION OF people FOR VALUES FROM ('N') TO ('[');
CREATE TABLE terms (term varchar(30) PRIMARY KEY) PARTITION BY RANGE (term);
CREATE TABLE terms_m PARTITION OF terms FOR VALUES FROM ('mango') TO ('melon');
CREATE TABLE parcels (zip char(5) NOT NULL, weight integer) PARTITION BY RANGE (zip);
CREATE TABLE parcels_0 PARTITION OF parcels FOR VALUES FROM ('00000') TO ('30000');
CREATE TABLE parcels_7 PARTITION OF parcels FOR VALUES FROM ('70000') TO (MAXVALUE);
CREATE TABLE codes (code text PRIMARY KEY CHECK (code >= 'INV-2024' AND code < 'INV-2026'), note varchar(40) CHECK (note > 'k'));
CREATE TABLE logs (id uuid NOT NULL, month text COLLATE "C" NOT NULL, line text) PARTITION BY RANGE (month);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2024-01') TO ('2024-02');
CREATE TABLE logs_2 PARTITION OF logs FOR VALUES FROM ('2024-02') TO ('2024-10');
