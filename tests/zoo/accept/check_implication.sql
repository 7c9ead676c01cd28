-- If shipped, then there is a date and a carrier.
CREATE TYPE ship_state AS ENUM ('new', 'packed', 'shipped');
CREATE TABLE orders (id serial PRIMARY KEY, state ship_state NOT NULL, shipped_at timestamptz, carrier text,
    CHECK (state <> 'shipped' OR (shipped_at IS NOT NULL AND carrier <> '')));
