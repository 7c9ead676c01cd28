-- Two composite keys that share the tenant point at one table and must differ: edges of a graph within its owner.
CREATE TABLE flows (slug text PRIMARY KEY);
CREATE TABLE steps (
    flow text NOT NULL REFERENCES flows, slug text NOT NULL, index integer NOT NULL DEFAULT 0,
    PRIMARY KEY (flow, slug), UNIQUE (flow, index)
);
CREATE TABLE deps (
    flow text NOT NULL REFERENCES flows, needed text NOT NULL, slug text NOT NULL,
    PRIMARY KEY (flow, needed, slug),
    FOREIGN KEY (flow, needed) REFERENCES steps, FOREIGN KEY (flow, slug) REFERENCES steps,
    CHECK (needed <> slug)
);
