-- Bytes as a key.
CREATE TABLE digests (sha bytea PRIMARY KEY CHECK (octet_length(sha) = 32), size bigint NOT NULL);
