CREATE TABLE promotions (
    id serial PRIMARY KEY,
    product_id integer NOT NULL REFERENCES catalog.products,
    starts_at timestamp NOT NULL,
    ends_at timestamp NOT NULL,
    percent smallint NOT NULL CHECK (percent % 5 = 0 AND percent BETWEEN 5 AND 75),
    cancelled boolean NOT NULL DEFAULT false,
    CHECK (starts_at < ends_at),
    EXCLUDE USING gist (product_id WITH =, tsrange(starts_at, ends_at) WITH &&) WHERE (NOT cancelled)
);
