-- Columns in order, also three in a chain and with NULLs.
CREATE TABLE projects (id serial PRIMARY KEY, starts date NOT NULL, ends date CHECK (ends >= starts),
    low integer NOT NULL, mid integer NOT NULL, high integer NOT NULL, CHECK (low < mid AND mid < high),
    opened_at timestamptz NOT NULL, closed_at timestamptz, CHECK (closed_at IS NULL OR closed_at > opened_at));
