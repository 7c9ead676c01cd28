CREATE TABLE warehouses (
    id serial PRIMARY KEY,
    code varchar(8) NOT NULL UNIQUE CHECK (code ~ '^[A-Z]{2}-[0-9]{1,3}$'),
    name text NOT NULL,
    country_code char(2) NOT NULL REFERENCES countries
);
CREATE TABLE stock (
    product_id integer REFERENCES products,
    warehouse_id integer REFERENCES warehouses,
    on_hand integer NOT NULL DEFAULT 0,
    reserved integer NOT NULL DEFAULT 0,
    counted_on date,
    PRIMARY KEY (product_id, warehouse_id),
    CHECK (on_hand >= 0),
    CHECK (reserved BETWEEN 0 AND on_hand)
);
