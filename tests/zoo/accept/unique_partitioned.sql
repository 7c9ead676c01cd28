-- A key across partitions.
CREATE TABLE parcels (region text NOT NULL, code varchar(12) NOT NULL, UNIQUE (region, code)) PARTITION BY LIST (region);
CREATE TABLE parcels_n PARTITION OF parcels FOR VALUES IN ('north');
CREATE TABLE parcels_s PARTITION OF parcels FOR VALUES IN ('south');
