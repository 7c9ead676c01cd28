-- What matches the pattern is longer than what is allowed.
-- unsatisfiable: skus = skus_form, skus_short, skus.sku NOT NULL
CREATE TABLE skus (
    id serial PRIMARY KEY,
    sku text NOT NULL,
    CONSTRAINT skus_form CHECK (sku ~ '^[A-Z]{3}-[0-9]{4}$'),
    CONSTRAINT skus_short CHECK (char_length(sku) <= 6)
);
