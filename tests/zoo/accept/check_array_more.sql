-- Arrays as applications guard them, in further spellings.
CREATE TABLE teams (id serial PRIMARY KEY, owner integer NOT NULL,
    members integer[] NOT NULL CHECK (owner = ANY (members)),
    tags text[] CHECK (tags IS NULL OR array_length(tags, 1) <= 10),
    roles text[] NOT NULL DEFAULT '{}' CHECK (array_length(roles, 1) > 0 AND roles <@ ARRAY['admin', 'user']::text[]),
    path integer[] NOT NULL CHECK (array_position(path, owner) IS NULL),
    clean text[] NOT NULL CHECK (cardinality(array_remove(clean, NULL)) = cardinality(clean)),
    at_least text[] NOT NULL CHECK (cardinality(at_least) >= 2 AND at_least[1] IS NOT NULL),
    grid integer[][] NOT NULL CHECK (array_ndims(grid) = 1 OR array_ndims(grid) = 2),
    emails text[] CHECK (array_to_string(emails, ',') !~ '\s'),
    days smallint[] NOT NULL CHECK (days <@ ARRAY[0, 1, 2, 3, 4, 5, 6]::smallint[] AND cardinality(days) BETWEEN 1 AND 7),
    scores numeric(4,1)[] NOT NULL CHECK (0 <= ALL (scores) AND 100 >= ALL (scores)),
    choices text[] NOT NULL CHECK (cardinality(choices) > 1), answer integer NOT NULL, CHECK (answer BETWEEN 1 AND cardinality(choices)));
