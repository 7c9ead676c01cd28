-- An identity column that is no key.
CREATE TABLE events (seq bigint GENERATED ALWAYS AS IDENTITY, name text NOT NULL);
