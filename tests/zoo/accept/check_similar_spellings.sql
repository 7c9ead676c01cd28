-- The same kind of list in many spellings.
CREATE TABLE states (id serial PRIMARY KEY,
    a text NOT NULL CHECK (a ~ '^(new|old)$'),
    b text NOT NULL CHECK (b SIMILAR TO 'new|old'),
    c text NOT NULL CHECK (lower(c) = ANY (ARRAY['new', 'old'])),
    d text NOT NULL CHECK (d::varchar IN ('new', 'old')),
    e char(3) NOT NULL CHECK (e IN ('new', 'old')),
    f text NOT NULL CHECK (NOT (f <> 'new' AND f <> 'old')),
    g varchar(3) NOT NULL CHECK (((g)::text = 'new'::text) OR ((g)::text = 'old'::text)));
