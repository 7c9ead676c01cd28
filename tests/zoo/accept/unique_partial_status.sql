-- One active subscription a user.
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE subscriptions (id serial PRIMARY KEY, usr integer NOT NULL REFERENCES users, status text NOT NULL CHECK (status IN ('active', 'past', 'trial')));
CREATE UNIQUE INDEX one_active ON subscriptions (usr) WHERE status = 'active';
