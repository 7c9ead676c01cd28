-- Every row must point at a row before it: the first can't.
-- unsatisfiable: steps = steps_before, steps_prior_fkey, steps.prior NOT NULL
CREATE TABLE steps (
    id serial PRIMARY KEY,
    prior integer NOT NULL REFERENCES steps,
    CONSTRAINT steps_before CHECK (prior < id)
);
