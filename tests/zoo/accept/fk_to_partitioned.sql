-- A reference to a partitioned parent, and one from a partitioned child.
CREATE TABLE orders (id bigserial, region text NOT NULL, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
CREATE TABLE orders_eu PARTITION OF orders FOR VALUES IN ('eu', 'uk');
CREATE TABLE orders_us PARTITION OF orders FOR VALUES IN ('us');
CREATE TABLE lines (order_id bigint NOT NULL, region text NOT NULL, n integer, PRIMARY KEY (order_id, region, n),
    FOREIGN KEY (order_id, region) REFERENCES orders);
