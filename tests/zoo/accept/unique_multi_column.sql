-- A unique key of several plain columns.
CREATE TABLE prices (id serial PRIMARY KEY, sku varchar(20) NOT NULL, valid_from date NOT NULL, currency char(3) NOT NULL,
    amount numeric(8,2) NOT NULL, UNIQUE (sku, valid_from, currency));
