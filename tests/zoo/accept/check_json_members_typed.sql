-- Members of documents that must be there, of a type, in a list, or between bounds.
CREATE TABLE products (id serial PRIMARY KEY,
    a jsonb NOT NULL CHECK (a ? 'name' AND a ->> 'name' IS NOT NULL AND length(a ->> 'name') > 2),
    b jsonb NOT NULL CHECK ((b ->> 'n')::int BETWEEN 3 AND 9 AND jsonb_typeof(b -> 'n') = 'number'),
    c jsonb NOT NULL CHECK (c ->> 'state' IN ('open', 'shut') AND c ? 'state'),
    d jsonb NOT NULL CHECK (d ?| ARRAY['email', 'phone'] AND NOT d ? 'password'),
    e jsonb NOT NULL CHECK (jsonb_typeof(e -> 'tags') = 'array' AND jsonb_array_length(e -> 'tags') >= 2),
    f jsonb NOT NULL CHECK ((f ->> 'ratio')::numeric > 0 AND (f ->> 'ratio')::numeric <= 1 AND f ? 'ratio'),
    g jsonb NOT NULL CHECK ((g ->> 'enabled')::boolean IS TRUE),
    h jsonb NOT NULL CHECK ((h ->> 'day')::date >= '2024-01-01' AND (h -> 'day') IS NOT NULL),
    i jsonb NOT NULL CHECK (i ->> 'email' LIKE '%@%' AND i ->> 'email' IS NOT NULL));
