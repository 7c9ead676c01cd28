-- Dates against the clock.
CREATE TABLE people (id serial PRIMARY KEY,
    born date NOT NULL CHECK (born <= current_date),
    joined timestamptz NOT NULL CHECK (joined <= now()),
    expires timestamptz CHECK (expires > '2030-01-01'));
