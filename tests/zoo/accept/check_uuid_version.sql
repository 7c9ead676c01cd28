-- Identifiers of a version, as text.
CREATE TABLE traces (id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'), span text NOT NULL CHECK (length(span) = 16 AND span ~ '^[0-9a-f]+$'));
