-- Lists of values: IN, ANY, OR, and a negated one.
CREATE TABLE tickets (id serial PRIMARY KEY,
    status varchar(12) NOT NULL CHECK (status IN ('open', 'closed', 'on hold')),
    kind text NOT NULL CHECK (kind = ANY (ARRAY['bug', 'idea']::text[])),
    level text NOT NULL CHECK (level = 'low' OR level = 'high'),
    source text CHECK (source NOT IN ('spam', '')),
    upper_kind text NOT NULL CHECK (upper(upper_kind) IN ('A', 'B')));
