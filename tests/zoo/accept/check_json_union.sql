-- A document whose members depend on a kind in another column, or in itself.
CREATE TABLE payments (id serial PRIMARY KEY, kind text NOT NULL,
    details jsonb NOT NULL,
    CHECK ((kind = 'card' AND details ? 'last4' AND details ->> 'last4' ~ '^[0-9]{4}$') OR (kind = 'iban' AND details ->> 'iban' IS NOT NULL)),
    source jsonb NOT NULL CHECK (CASE source ->> 'type' WHEN 'url' THEN source ? 'href' WHEN 'file' THEN (source ->> 'size')::int > 0 ELSE false END),
    rule jsonb CHECK (rule IS NULL OR (jsonb_typeof(rule) = 'object' AND (NOT rule ? 'limit' OR (rule ->> 'limit')::int < 10))));
