-- A closure table over a tree.
CREATE TABLE nodes (id serial PRIMARY KEY, parent integer REFERENCES nodes);
CREATE TABLE closure (ancestor integer REFERENCES nodes, descendant integer REFERENCES nodes, depth integer NOT NULL CHECK (depth >= 0), PRIMARY KEY (ancestor, descendant));
