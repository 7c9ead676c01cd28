-- Exactly one of three, counted by CASE.
CREATE TABLE owners (id serial PRIMARY KEY, a integer, b integer, c integer,
    CHECK ((CASE WHEN a IS NULL THEN 0 ELSE 1 END + CASE WHEN b IS NULL THEN 0 ELSE 1 END + CASE WHEN c IS NULL THEN 0 ELSE 1 END) = 1));
