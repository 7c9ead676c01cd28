-- Two lists without a common member.
-- unsatisfiable: orders = orders_state, orders_open, orders.state NOT NULL
CREATE TABLE orders (
    id serial PRIMARY KEY,
    state text NOT NULL,
    CONSTRAINT orders_state CHECK (state IN ('new', 'paid')),
    CONSTRAINT orders_open CHECK (state IN ('open', 'shut'))
);
