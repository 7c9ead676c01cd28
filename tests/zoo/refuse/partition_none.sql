-- A partitioned table without a partition, and one that needs it.
-- unsatisfiable: archive =
-- unsatisfiable: extract = extract_archive_fkey, extract.archive NOT NULL
-- fills: present
CREATE TABLE archive (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE extract (id serial PRIMARY KEY, archive integer NOT NULL REFERENCES archive);
CREATE TABLE present (id serial PRIMARY KEY, name text NOT NULL);
