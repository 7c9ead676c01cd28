-- Range partitions of text.
CREATE TABLE people (surname text NOT NULL, born date) PARTITION BY RANGE (surname);
CREATE TABLE people_am PARTITION OF people FOR VALUES FROM ('A') TO ('N');
CREATE TABLE people_nz PARTITION OF people FOR VALUES FROM ('N') TO ('[');
