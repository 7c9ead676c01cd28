-- Defaults of all kinds, some of them volatile.
CREATE TABLE tasks (
    id serial PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    token uuid NOT NULL DEFAULT gen_random_uuid(),
    priority integer NOT NULL DEFAULT 3,
    state text NOT NULL DEFAULT 'open',
    tags text[] NOT NULL DEFAULT '{}',
    doc jsonb NOT NULL DEFAULT '{}'::jsonb
);
