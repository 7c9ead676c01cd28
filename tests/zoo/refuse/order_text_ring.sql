-- A ring of moments, one link of which allows equality.
-- unsatisfiable: stays = stays_in, stays_out, stays_paid, stays.came NOT NULL, stays.went NOT NULL, stays.paid NOT NULL
CREATE TABLE stays (
    id serial PRIMARY KEY,
    came timestamptz NOT NULL,
    went timestamptz NOT NULL,
    paid timestamptz NOT NULL,
    CONSTRAINT stays_in CHECK (came < went),
    CONSTRAINT stays_out CHECK (went <= paid),
    CONSTRAINT stays_paid CHECK (paid <= came)
);
