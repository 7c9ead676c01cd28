-- oid, the reg* aliases and WAL positions.
CREATE TABLE catalog_notes (
    id serial PRIMARY KEY, object oid NOT NULL, relation regclass NOT NULL, kind regtype NOT NULL,
    routine regproc NOT NULL, who regrole NOT NULL, space regnamespace NOT NULL, lsn pg_lsn NOT NULL,
    config regconfig NOT NULL
);
