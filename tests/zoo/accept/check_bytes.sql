-- Lengths of bytes and bits.
CREATE TABLE blobs (id serial PRIMARY KEY, hash bytea NOT NULL CHECK (octet_length(hash) = 32), salt bytea NOT NULL CHECK (length(salt) BETWEEN 8 AND 12),
    mask bit varying NOT NULL CHECK (length(mask) = 8), more bit varying(64) NOT NULL CHECK (bit_length(more) >= 20),
    head bytea NOT NULL CHECK (get_byte(head, 0) < 128));
