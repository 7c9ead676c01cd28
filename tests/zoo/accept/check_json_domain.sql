-- Domains over documents and over their arrays.
CREATE DOMAIN settings AS jsonb NOT NULL CHECK (jsonb_typeof(VALUE) = 'object' AND VALUE ? 'theme' AND VALUE ->> 'theme' IN ('dark', 'light'));
CREATE DOMAIN names AS jsonb CHECK (jsonb_typeof(VALUE) = 'array') CHECK (jsonb_array_length(VALUE) <= 2);
CREATE TABLE users (id serial PRIMARY KEY, own settings, nicks names NOT NULL, other settings DEFAULT '{"theme": "dark"}');
