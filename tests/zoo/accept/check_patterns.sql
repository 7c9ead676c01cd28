-- LIKE, SIMILAR TO and regular expressions.
CREATE TABLE refs (id serial PRIMARY KEY,
    a text NOT NULL CHECK (a LIKE 'INV-%'),
    b text NOT NULL CHECK (b LIKE '__-____'),
    c text NOT NULL CHECK (c SIMILAR TO '(north|south)-[0-9]{3}'),
    d text NOT NULL CHECK (d ~ '^\d{3}-\d{4}$'),
    e text NOT NULL CHECK (e ~* '^[a-f0-9]{8}$'),
    f text NOT NULL CHECK (f ~ '^(http|https)://[a-z]+\.(com|org)(/.*)?$'),
    g text NOT NULL CHECK (g !~ '[[:space:]]'),
    h text NOT NULL CHECK (h NOT LIKE '%@%'),
    i text NOT NULL CHECK (i ~ '^[A-Z]{2}\d{2}(?:[A-Z0-9]{4}){3}$'),
    j text NOT NULL CHECK (j ~ '^(?!.*--)[a-z-]{3,9}$'));
