-- Enums, also with labels that need quoting, and as arrays.
CREATE TYPE order_state AS ENUM ('new', 'in progress', 'can''t ship', 'Done, "really"', '');
CREATE TABLE orders (id serial PRIMARY KEY, state order_state NOT NULL, history order_state[] NOT NULL);
