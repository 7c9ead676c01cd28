-- Text in order.
CREATE TABLE spans (id serial PRIMARY KEY, low text NOT NULL, high text NOT NULL, CHECK (low <= high));
