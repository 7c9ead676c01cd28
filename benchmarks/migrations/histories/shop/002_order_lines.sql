CREATE TABLE order_lines (
    order_id integer NOT NULL REFERENCES orders ON DELETE CASCADE,
    line_no smallint NOT NULL,
    product_id integer NOT NULL REFERENCES products,
    qty integer NOT NULL,
    price numeric(8, 2) NOT NULL,
    PRIMARY KEY (order_id, line_no)
);
CREATE INDEX ON order_lines (product_id);
