-- Indexes whose expressions read text, and fail where they can't: a model and a number behind a comma, a number, a date in
-- a note, under a condition; required, optional, and two in one table.
CREATE TABLE attachments (id serial PRIMARY KEY, title text NOT NULL, resource varchar NOT NULL);
CREATE INDEX ON attachments (resource varchar_pattern_ops, ((SUBSTRING(resource FROM (POSITION(',' IN resource) + 1)))::integer));
CREATE TABLE avatars (id serial PRIMARY KEY, resource varchar NOT NULL UNIQUE, color text);
CREATE INDEX ON avatars ((SUBSTRING(resource FROM (POSITION(',' IN resource) + 1))::integer));
CREATE TABLE moves (id serial PRIMARY KEY, kind text NOT NULL, origin varchar, shipment varchar, remark text);
CREATE INDEX ON moves ((SUBSTRING(origin FROM (POSITION(',' IN origin) + 1))::integer)) WHERE origin IS NOT NULL;
CREATE INDEX ON moves ((replace(shipment, '-', '')::bigint));
CREATE TABLE readings (id serial PRIMARY KEY, label text NOT NULL, value text NOT NULL);
CREATE INDEX ON readings ((value::numeric));
