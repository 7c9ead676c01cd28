-- A generated constant that the CHECK doesn't allow.
-- unsatisfiable: firms = firms_kind, firms.kind GENERATED ALWAYS AS ('firm'::text)
CREATE TABLE firms (
    id serial PRIMARY KEY,
    kind text GENERATED ALWAYS AS ('firm') STORED,
    CONSTRAINT firms_kind CHECK (kind = 'person')
);
