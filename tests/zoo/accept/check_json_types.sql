-- Documents of a type, in the spellings that applications use.
CREATE TABLE hooks (id serial PRIMARY KEY,
    headers jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(headers) = 'object' AND headers <> '{}'),
    body json CHECK (json_typeof(body) IN ('object', 'array')),
    attempts jsonb NOT NULL CHECK (jsonb_typeof(attempts) = 'array' AND jsonb_array_length(attempts) BETWEEN 1 AND 5),
    extra jsonb CHECK (extra IS NULL OR jsonb_typeof(extra) <> 'null'),
    note jsonb NOT NULL CHECK (jsonb_typeof(note) = 'string'),
    flag jsonb NOT NULL CHECK (jsonb_typeof(flag) IN ('boolean', 'number')));
