-- A rule that swallows inserts.
-- gap: sink
CREATE TABLE sink (id serial PRIMARY KEY);
CREATE RULE swallow AS ON INSERT TO sink DO INSTEAD NOTHING;
