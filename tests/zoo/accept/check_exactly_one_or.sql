-- Exactly one of two, as OR of ANDs.
CREATE TABLE holders (id serial PRIMARY KEY, person text, firm text,
    CHECK ((person IS NULL AND firm IS NOT NULL) OR (person IS NOT NULL AND firm IS NULL)));
