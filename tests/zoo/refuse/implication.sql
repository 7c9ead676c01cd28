-- Two implications that end in a contradiction, whatever the flag is.
-- unsatisfiable: flags = flags_on, flags_off, flags_n, flags.live NOT NULL, flags.n NOT NULL
CREATE TABLE flags (
    id serial PRIMARY KEY,
    live boolean NOT NULL,
    n integer NOT NULL,
    CONSTRAINT flags_on CHECK (NOT live OR n > 10),
    CONSTRAINT flags_off CHECK (live OR n < 0),
    CONSTRAINT flags_n CHECK (n BETWEEN 1 AND 9)
);
