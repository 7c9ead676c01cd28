-- Two composite keys that share the tenant point at one table and must differ: edges of a graph within its owner.
-- free: deps
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
CREATE TABLE tenants (id uuid PRIMARY KEY, name text NOT NULL);
CREATE TABLE nodes (id uuid PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, label text NOT NULL, UNIQUE (tenant_id, id));
CREATE TABLE edges (
    id bigserial PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants, source_id uuid NOT NULL, target_id uuid NOT NULL, weight integer,
    FOREIGN KEY (tenant_id, source_id) REFERENCES nodes (tenant_id, id), FOREIGN KEY (tenant_id, target_id) REFERENCES nodes (tenant_id, id),
    CONSTRAINT no_loops CHECK (source_id <> target_id), UNIQUE (tenant_id, source_id, target_id)
);
CREATE TABLE redirects (
    tenant_id uuid NOT NULL, id integer NOT NULL, old_id uuid NOT NULL, new_id uuid, PRIMARY KEY (tenant_id, id), CHECK (new_id IS DISTINCT FROM old_id),
    FOREIGN KEY (tenant_id, old_id) REFERENCES nodes (tenant_id, id), FOREIGN KEY (tenant_id, new_id) REFERENCES nodes (tenant_id, id)
);
