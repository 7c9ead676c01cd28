-- Shapes of documents.
CREATE TABLE events (id serial PRIMARY KEY,
    doc jsonb NOT NULL CHECK (jsonb_typeof(doc) = 'object'),
    list jsonb NOT NULL CHECK (jsonb_typeof(list) = 'array'),
    plain json CHECK (json_typeof(plain) = 'object'));
