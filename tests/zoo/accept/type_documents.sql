-- uuid, json, jsonb, jsonpath and xml.
CREATE TABLE documents (id uuid PRIMARY KEY, body json NOT NULL, meta jsonb NOT NULL, route jsonpath NOT NULL,
    legacy xml NOT NULL);
