-- A discriminated union of which no branch is alive.
-- unsatisfiable: owners = owners_either, owners_none
CREATE TABLE owners (
    id serial PRIMARY KEY,
    kind text NOT NULL,
    person text,
    firm text,
    CONSTRAINT owners_either CHECK ((kind = 'person' AND person IS NOT NULL) OR (kind = 'firm' AND firm IS NOT NULL)),
    CONSTRAINT owners_none CHECK (person IS NULL AND firm IS NULL)
);
