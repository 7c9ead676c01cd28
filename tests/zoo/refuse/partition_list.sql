-- No partition for the only region that the CHECK allows.
-- unsatisfiable: sales = sales_south, partition bounds
CREATE TABLE sales (id integer NOT NULL, region text NOT NULL, CONSTRAINT sales_south CHECK (region = 'south'))
    PARTITION BY LIST (region);
CREATE TABLE sales_north PARTITION OF sales FOR VALUES IN ('north');
CREATE TABLE sales_west PARTITION OF sales FOR VALUES IN ('west', 'east');
