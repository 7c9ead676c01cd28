-- A type and an id that name a row of one of several tables; keys, branches and rings around them.
CREATE TABLE posts (id uuid PRIMARY KEY, title text NOT NULL);
CREATE TABLE events (id serial PRIMARY KEY, resource_type text, resource_id text, CHECK ((resource_type IS NULL) = (resource_id IS NULL)));
CREATE TABLE taggings (taggable_type text NOT NULL, taggable_id uuid NOT NULL, tag text NOT NULL, UNIQUE (taggable_type, taggable_id, tag));
CREATE TABLE images (id uuid PRIMARY KEY, imageable_type text NOT NULL, imageable_id uuid NOT NULL);
CREATE TABLE videos (id uuid PRIMARY KEY, target_type text CHECK (target_type IN ('image', 'post')), target_id uuid NOT NULL);
