-- Not blank, in its spellings.
CREATE TABLE names (id serial PRIMARY KEY,
    a text NOT NULL CHECK (a <> ''),
    b text NOT NULL CHECK (length(trim(b)) > 0),
    c text NOT NULL CHECK (c !~ '^\s*$'),
    d text NOT NULL CHECK (char_length(d) >= 1),
    e text NOT NULL CHECK (btrim(e) <> ''::text),
    f varchar(10) NOT NULL CHECK (trim(BOTH FROM f) <> ''),
    g text NOT NULL CHECK (g ~ '\S'));
