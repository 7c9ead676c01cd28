-- A sum that its addends can't reach.
-- unsatisfiable: bills = bills_sum, bills_net, bills_tax, bills_gross, bills.net NOT NULL, bills.tax NOT NULL, bills.gross NOT NULL
CREATE TABLE bills (
    id serial PRIMARY KEY,
    net integer NOT NULL CONSTRAINT bills_net CHECK (net >= 10),
    tax integer NOT NULL CONSTRAINT bills_tax CHECK (tax >= 2),
    gross integer NOT NULL CONSTRAINT bills_gross CHECK (gross <= 11),
    CONSTRAINT bills_sum CHECK (gross = net + tax)
);
