-- A subtype whose discriminator no row of the supertype can have.
-- unsatisfiable: vans = vans_kind, vans_kind_fkey, vehicles_kind of public.vehicles, vans.kind NOT NULL, vans.id NOT NULL
-- fills: vehicles
CREATE TABLE vehicles (
    id serial PRIMARY KEY,
    kind text NOT NULL CONSTRAINT vehicles_kind CHECK (kind IN ('car', 'bike')),
    UNIQUE (id, kind)
);
CREATE TABLE vans (
    id integer PRIMARY KEY,
    kind text NOT NULL DEFAULT 'van' CONSTRAINT vans_kind CHECK (kind = 'van'),
    CONSTRAINT vans_kind_fkey FOREIGN KEY (id, kind) REFERENCES vehicles (id, kind)
);
