-- Bounds on lengths.
CREATE TABLE codes (id serial PRIMARY KEY,
    a text NOT NULL CHECK (length(a) = 10),
    b text NOT NULL CHECK (char_length(b) BETWEEN 3 AND 5),
    c varchar(50) NOT NULL CHECK (octet_length(c) <= 8),
    d text NOT NULL CHECK (character_length(d) > 200),
    e bytea NOT NULL CHECK (length(e) = 20),
    f text NOT NULL UNIQUE CHECK (length(f) <= 3));
