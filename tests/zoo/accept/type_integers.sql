-- Every width of integer, alone and as a key.
CREATE TABLE counters (
    id smallint PRIMARY KEY,
    hits integer NOT NULL,
    total bigint NOT NULL UNIQUE,
    delta smallint
);
