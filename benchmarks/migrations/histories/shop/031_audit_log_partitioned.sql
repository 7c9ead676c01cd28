-- A table turned into partitions: create, copy, swap.
BEGIN;
ALTER TABLE audit_log RENAME TO audit_log_old;
ALTER INDEX audit_log_pkey RENAME TO audit_log_old_pkey;
CREATE TABLE audit_log (
    id bigint NOT NULL DEFAULT nextval('audit_log_id_seq'),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    table_name text NOT NULL,
    action text NOT NULL CHECK (action IN ('INSERT', 'UPDATE', 'DELETE')),
    row_id bigint,
    old_row jsonb,
    new_row jsonb,
    PRIMARY KEY (id, at),
    CHECK ((action = 'INSERT') = (old_row IS NULL)),
    CHECK ((action = 'DELETE') = (new_row IS NULL))
) PARTITION BY RANGE (at);
CREATE TABLE audit_log_2024 PARTITION OF audit_log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE audit_log_2025 PARTITION OF audit_log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE audit_log_default PARTITION OF audit_log DEFAULT;
ALTER SEQUENCE audit_log_id_seq OWNED BY audit_log.id;
INSERT INTO audit_log SELECT * FROM audit_log_old;
DROP TABLE audit_log_old;
CREATE INDEX ON audit_log (table_name, row_id);
COMMIT;
