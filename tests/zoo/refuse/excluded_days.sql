-- Both days of the interval are excluded.
-- unsatisfiable: fairs = fairs_range, fairs_not, fairs.day NOT NULL
CREATE TABLE fairs (
    id serial PRIMARY KEY,
    day date NOT NULL,
    CONSTRAINT fairs_range CHECK (day >= '2024-05-01' AND day <= '2024-05-02'),
    CONSTRAINT fairs_not CHECK (day <> '2024-05-01' AND day <> '2024-05-02')
);
