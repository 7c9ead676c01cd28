-- Ends of ranges.
CREATE TABLE stays (id serial PRIMARY KEY, opens timestamptz NOT NULL, shuts timestamptz NOT NULL,
    a tstzrange NOT NULL CHECK (NOT isempty(a) AND NOT lower_inf(a) AND NOT upper_inf(a) AND lower_inc(a) AND NOT upper_inc(a)),
    b tstzrange NOT NULL CHECK (upper(b) - lower(b) <= interval '8 hours' AND upper(b) > lower(b) + interval '1 hour'),
    c daterange NOT NULL CHECK (lower(c) >= '2024-01-01' AND upper(c) <= '2024-03-01'),
    d daterange NOT NULL CHECK (upper_inf(d) AND lower(d) IS NOT NULL),
    e int4range NOT NULL CHECK (lower(e) < 20 AND upper(e) > 15),
    f numrange NOT NULL CHECK (f <@ '[0,1]'::numrange AND NOT isempty(f)),
    g tstzrange NOT NULL CHECK (g = tstzrange(opens, shuts)),
    h tstzrange NOT NULL CHECK (lower(h) >= opens),
    i daterange CHECK (i IS NULL OR (lower(i) IS NOT NULL AND upper(i) IS NOT NULL AND lower(i) < upper(i))),
    j int8range NOT NULL CHECK (j && int8range(100, 110)),
    k tsrange NOT NULL CHECK (k @> '2024-06-01 12:00:00'::timestamp));
