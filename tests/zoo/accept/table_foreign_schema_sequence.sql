-- A sequence that lives in another schema.
CREATE SCHEMA counters;
CREATE SEQUENCE counters."Order Numbers" START 100;
CREATE TABLE orders (number bigint PRIMARY KEY DEFAULT nextval('counters."Order Numbers"'), placed date NOT NULL);
