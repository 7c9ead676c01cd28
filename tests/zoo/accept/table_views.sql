-- Views, materialized views and an updatable view are no tables.
CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, active boolean NOT NULL);
CREATE VIEW active_users AS SELECT * FROM users WHERE active WITH CHECK OPTION;
CREATE MATERIALIZED VIEW user_count AS SELECT active, count(*) FROM users GROUP BY active;
CREATE UNIQUE INDEX ON user_count (active);
