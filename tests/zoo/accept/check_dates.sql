-- Bounds on dates and times.
CREATE TABLE terms (id serial PRIMARY KEY,
    born date NOT NULL CHECK (born > '1900-01-01' AND born < '2010-12-31'),
    opens time NOT NULL CHECK (opens BETWEEN '08:00' AND '18:00'),
    signed timestamptz NOT NULL CHECK (signed >= '2020-01-01T00:00:00Z'),
    lasts interval NOT NULL CHECK (lasts > '0' AND lasts <= '30 days'));
