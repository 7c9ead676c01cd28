-- Exactly one of three, as a sum of casts.
CREATE TABLE sources (id serial PRIMARY KEY, url text, file text, query text,
    CHECK ((url IS NOT NULL)::integer + (file IS NOT NULL)::integer + (query IS NOT NULL)::integer = 1));
