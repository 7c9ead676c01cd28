-- COALESCE in a bound and in a test.
CREATE TABLE carts (id serial PRIMARY KEY, discount integer, price integer NOT NULL CHECK (price > 0), CHECK (coalesce(discount, 0) <= 50), CHECK (coalesce(discount, 0) >= 0));
