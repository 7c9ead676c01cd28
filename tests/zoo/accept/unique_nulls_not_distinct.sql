-- NULL counts as equal: only one row may have it.
-- server: 15
CREATE TABLE tags (id serial PRIMARY KEY, label text UNIQUE NULLS NOT DISTINCT);
