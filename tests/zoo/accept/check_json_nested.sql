-- Members of members.
CREATE TABLE nodes (id serial PRIMARY KEY,
    a jsonb NOT NULL CHECK (a -> 'owner' ->> 'name' IS NOT NULL),
    b jsonb NOT NULL CHECK (b #>> '{size,unit}' IN ('cm', 'in') AND (b #>> '{size,width}')::int > 0),
    c jsonb NOT NULL CHECK (jsonb_extract_path_text(c, 'geo', 'lat')::numeric BETWEEN -90 AND 90),
    d jsonb NOT NULL CHECK (jsonb_typeof(d -> 'spec' -> 'ports') = 'array' AND d -> 'spec' ? 'image'),
    e jsonb NOT NULL CHECK (e @> '{"version": 1}'),
    f jsonb NOT NULL CHECK (f @> '{"meta": {"kind": "x", "ok": true}, "tags": ["new"]}'),
    g json NOT NULL CHECK ((g #>> '{a,b}') = 'c'));
