-- Transaction identifiers and snapshots.
CREATE TABLE audits (id serial PRIMARY KEY, tx xid8 NOT NULL, short xid NOT NULL, seen pg_snapshot);
