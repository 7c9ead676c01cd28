-- Two patterns that no text meets.
-- unsatisfiable: tags = tags_lower, tags_marked, tags.tag NOT NULL
CREATE TABLE tags (
    id serial PRIMARY KEY,
    tag text NOT NULL,
    CONSTRAINT tags_lower CHECK (tag ~ '^[a-z]+$'),
    CONSTRAINT tags_marked CHECK (tag LIKE '#%')
);
