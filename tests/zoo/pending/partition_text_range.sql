-- Range partitions of text.
CREATE TABLE people (surname text NOT NULL, born date) PARTITION BY RANGE (surname);
CREATE TABLE people_am PARTITION OF people FOR VALUES FROM ('A') TO ('N');
CREATE TABLE people_nz PARTITION OF people FOR VALUES FROM ('N') TO ('[');
CREATE TABLE terms (term varchar(30) PRIMARY KEY) PARTITION BY RANGE (term);
CREATE TABLE terms_m PARTITION OF terms FOR VALUES FROM ('mango') TO ('melon');
CREATE TABLE parcels (zip char(5) NOT NULL, weight integer) PARTITION BY RANGE (zip);
CREATE TABLE parcels_0 PARTITION OF parcels FOR VALUES FROM ('00000') TO ('30000');
CREATE TABLE parcels_7 PARTITION OF parcels FOR VALUES FROM ('70000') TO (MAXVALUE);
