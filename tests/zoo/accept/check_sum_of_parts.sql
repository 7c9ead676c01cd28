-- A total of parts, some added and some taken off, with a total that may not be negative.
CREATE TABLE invoices (id serial PRIMARY KEY, subtotal numeric(10,2) NOT NULL CHECK (subtotal >= 0), tax numeric(10,2) NOT NULL DEFAULT 0 CHECK (tax >= 0),
    discount numeric(10,2) NOT NULL DEFAULT 0 CHECK (discount >= 0), total numeric(10,2) NOT NULL CHECK (total >= 0), CHECK (total = subtotal + tax - discount));
CREATE TABLE stocks (id serial PRIMARY KEY, on_hand integer NOT NULL, reserved integer NOT NULL, available integer NOT NULL,
    CHECK (available = on_hand - reserved), CHECK (on_hand >= 0 AND reserved >= 0 AND available >= 0));
CREATE TABLE ledgers (id serial PRIMARY KEY, debit bigint, credit bigint, balance bigint NOT NULL, CHECK (debit + credit - balance = 0));
