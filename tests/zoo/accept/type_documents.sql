-- uuid, json, jsonb and jsonpath.
CREATE TABLE documents (id uuid PRIMARY KEY, body json NOT NULL, meta jsonb NOT NULL, route jsonpath NOT NULL);
