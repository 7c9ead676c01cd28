-- Counting NULLs rather than values.
CREATE TABLE prices (id serial PRIMARY KEY, net numeric(8,2), gross numeric(8,2), CHECK (num_nulls(net, gross) < 2));
