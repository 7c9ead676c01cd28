-- A row that joins a child of an order to another child of the same order: both keys hold the order's column.
CREATE TABLE products (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id serial PRIMARY KEY, placed_at timestamp NOT NULL);
CREATE TABLE order_items (
    order_id integer NOT NULL REFERENCES orders,
    line_no smallint NOT NULL,
    product_id integer NOT NULL REFERENCES products,
    PRIMARY KEY (order_id, line_no)
);
CREATE TABLE shipments (
    id serial PRIMARY KEY,
    order_id integer NOT NULL REFERENCES orders,
    packed_at timestamp,
    UNIQUE (id, order_id)
);
CREATE TABLE shipment_items (
    shipment_id integer NOT NULL,
    order_id integer NOT NULL,
    line_no smallint NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shipment_id, line_no),
    FOREIGN KEY (shipment_id, order_id) REFERENCES shipments (id, order_id),
    FOREIGN KEY (order_id, line_no) REFERENCES order_items (order_id, line_no)
);
