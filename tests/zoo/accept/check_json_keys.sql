-- Documents that must have members of some types.
CREATE TABLE settings (id serial PRIMARY KEY, doc jsonb NOT NULL CHECK (doc ?& ARRAY['name', 'size']), list jsonb NOT NULL CHECK (jsonb_array_length(list) > 0), kind jsonb NOT NULL CHECK (doc IS NOT NULL AND kind ->> 'kind' IN ('a', 'b')));
