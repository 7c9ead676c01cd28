-- Paths of jsonb, which only PostgreSQL can read: a document that it accepts is found among the usual ones.
CREATE TABLE docs (id serial PRIMARY KEY,
    doc jsonb NOT NULL CHECK (jsonb_path_exists(doc, '$.id ? (@ > 0)')),
    other jsonb NOT NULL CHECK (other @? '$.tags[*]' OR other @? '$.id'));
