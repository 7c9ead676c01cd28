BEGIN;
CREATE TABLE shipments (
    id serial PRIMARY KEY,
    order_id integer NOT NULL REFERENCES orders,
    warehouse_id integer NOT NULL REFERENCES warehouses,
    tracking_code text UNIQUE,
    packed_at timestamp,
    handed_over_at timestamp,
    UNIQUE (id, order_id),
    CHECK (handed_over_at IS NULL OR packed_at IS NOT NULL),
    CHECK (handed_over_at >= packed_at)
);
CREATE TABLE shipment_lines (
    shipment_id integer NOT NULL,
    order_id integer NOT NULL,
    line_no smallint NOT NULL,
    qty integer NOT NULL CHECK (qty > 0),
    PRIMARY KEY (shipment_id, line_no),
    FOREIGN KEY (shipment_id, order_id) REFERENCES shipments (id, order_id) ON DELETE CASCADE,
    FOREIGN KEY (order_id, line_no) REFERENCES order_lines (order_id, line_no)
);
COMMIT;
