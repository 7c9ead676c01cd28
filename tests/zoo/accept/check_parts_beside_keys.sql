-- Conditions on parts beside references, exclusions and unique keys.
CREATE TABLE rooms (id serial PRIMARY KEY, opens timestamptz NOT NULL);
CREATE TABLE y (id serial PRIMARY KEY, room integer NOT NULL REFERENCES rooms, 
    members integer[] NOT NULL, owner integer NOT NULL REFERENCES rooms, CHECK (owner = ANY (members)),
    during tstzrange NOT NULL CHECK (NOT isempty(during) AND upper(during) - lower(during) <= interval '1 day'),
    EXCLUDE USING gist (int4range(room, room, '[]') WITH =, during WITH &&),
    slots tsrange[] CHECK (cardinality(slots) <= 2),
    price numrange NOT NULL CHECK (lower(price) > 0 AND NOT upper_inf(price)),
    ages int4range NOT NULL UNIQUE CHECK (ages <@ int4range(0, 120)),
    t text[] NOT NULL CHECK (t <> ARRAY[]::text[] AND t[1] <> ''),
    u uuid[] NOT NULL CHECK (cardinality(u) BETWEEN 1 AND 3),
    v text[] NOT NULL CHECK (array_length(v, 1) IS NOT NULL),
    w text[] NOT NULL CHECK (array_length(w, 1) IS NULL OR array_length(w, 1) < 4),
    x integer[] CHECK (x[1] < x[2]),
    lang text NOT NULL, langs text[] NOT NULL CHECK (lang = ANY (langs) AND langs <@ ARRAY['en', 'de', 'fr']),
    z date[] NOT NULL CHECK ('2024-01-01' <= ALL (z)),
    bits bit(8) NOT NULL CHECK (get_bit(bits, 0) = 1));
