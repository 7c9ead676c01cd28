-- Rules that are switched off, or on for replicas alone, do nothing.
CREATE TABLE stock (id serial PRIMARY KEY, name text NOT NULL);
CREATE RULE swallow AS ON INSERT TO stock DO INSTEAD NOTHING;
CREATE RULE drop_it AS ON INSERT TO stock DO INSTEAD NOTHING;
ALTER TABLE stock DISABLE RULE swallow;
ALTER TABLE stock ENABLE REPLICA RULE drop_it;
