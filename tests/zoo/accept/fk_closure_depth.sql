-- Closure tables of a tree with a depth in or beside the key, and junctions to the tree.
CREATE TABLE nodes (id serial PRIMARY KEY, parent integer REFERENCES nodes, CHECK (parent <> id));
CREATE TABLE paths (ancestor integer NOT NULL REFERENCES nodes, descendant integer NOT NULL REFERENCES nodes, depth integer NOT NULL CHECK (depth >= 0), PRIMARY KEY (ancestor, descendant, depth));
CREATE TABLE closures (id serial PRIMARY KEY, ancestor integer NOT NULL REFERENCES nodes, descendant integer NOT NULL REFERENCES nodes, generations integer NOT NULL, UNIQUE (ancestor, descendant, generations), CHECK ((ancestor = descendant) = (generations = 0)));
CREATE TABLE tags (id serial PRIMARY KEY);
CREATE TABLE node_tags (node integer REFERENCES nodes, tag integer REFERENCES tags, PRIMARY KEY (node, tag));
CREATE TABLE path_tags (ancestor integer, descendant integer, depth integer, tag integer REFERENCES tags, PRIMARY KEY (ancestor, descendant, depth, tag), FOREIGN KEY (ancestor, descendant, depth) REFERENCES paths);
