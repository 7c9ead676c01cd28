-- A document that must have a member.
CREATE TABLE events (id serial PRIMARY KEY, doc jsonb NOT NULL CHECK (doc ? 'type'), meta jsonb CHECK ((meta ->> 'version')::int > 0));
