-- A junction whose key holds an enum too, and a surrogate key beside it.
CREATE TYPE channel AS ENUM ('mail', 'sms', 'push');
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE topics (id serial PRIMARY KEY);
CREATE TABLE subscriptions (id serial PRIMARY KEY, usr integer NOT NULL REFERENCES users, topic integer NOT NULL REFERENCES topics,
    via channel NOT NULL, UNIQUE (usr, topic, via));
