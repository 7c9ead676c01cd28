-- A document as a key.
CREATE TABLE configs (doc jsonb PRIMARY KEY);
