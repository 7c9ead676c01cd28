-- An identity that the role may not give comes from the server; children can't know it beforehand.
-- role: zoo_clerk
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount integer NOT NULL);
CREATE TABLE hints (id integer PRIMARY KEY, order_id bigint REFERENCES orders);
GRANT SELECT, INSERT ON hints TO zoo_clerk;
GRANT SELECT ON orders TO zoo_clerk;
GRANT INSERT (amount) ON orders TO zoo_clerk;
GRANT USAGE ON SEQUENCE orders_id_seq TO zoo_clerk;
