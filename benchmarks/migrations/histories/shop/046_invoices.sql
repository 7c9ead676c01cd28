BEGIN;
CREATE TABLE invoices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    store_id smallint NOT NULL,
    order_number bigint NOT NULL,
    invoice_no text NOT NULL CHECK (invoice_no ~ '^20[0-9]{2}-[0-9]{5}$'),
    issued_on date NOT NULL,
    due_on date NOT NULL GENERATED ALWAYS AS (issued_on + 14) STORED,
    net numeric(12, 2) NOT NULL CHECK (net >= 0),
    tax numeric(12, 2) NOT NULL CHECK (tax >= 0),
    gross numeric(12, 2) GENERATED ALWAYS AS (net + tax) STORED,
    corrects_id bigint REFERENCES invoices,
    UNIQUE (store_id, invoice_no),
    UNIQUE (store_id, id),
    FOREIGN KEY (store_id, order_number) REFERENCES orders (store_id, number)
);
CREATE UNIQUE INDEX invoices_one_original ON invoices (store_id, order_number) WHERE corrects_id IS NULL;
CREATE TABLE reminders (
    store_id smallint NOT NULL,
    invoice_id bigint NOT NULL,
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
    sent_at timestamptz NOT NULL,
    fee numeric(6, 2) NOT NULL DEFAULT 0 CHECK (fee = 0 OR level > 1),
    PRIMARY KEY (store_id, invoice_id, level),
    FOREIGN KEY (store_id, invoice_id) REFERENCES invoices (store_id, id)
);
COMMIT;
