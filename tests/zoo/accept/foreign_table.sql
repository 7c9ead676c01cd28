-- A foreign table lives elsewhere.
-- extension: file_fdw
-- unfillable: remote
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE remote (line text) SERVER files OPTIONS (filename '/dev/null');
CREATE TABLE local (id serial PRIMARY KEY);
