-- Stored parents of a one-to-one child.
-- parent: users
-- rows: profiles=4
CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL);
INSERT INTO users (id, name) SELECT ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'u' || n FROM generate_series(1, 4) AS n;
CREATE TABLE profiles (usr uuid PRIMARY KEY REFERENCES users, bio text);
