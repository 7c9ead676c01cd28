-- A discriminated union: the kind decides which columns are there.
CREATE TABLE payments (id serial PRIMARY KEY, method text NOT NULL, iban text, card_last4 char(4), CHECK (
    (method = 'transfer' AND iban IS NOT NULL AND card_last4 IS NULL) OR
    (method = 'card' AND card_last4 ~ '^[0-9]{4}$' AND card_last4 IS NOT NULL AND iban IS NULL) OR
    (method = 'cash' AND iban IS NULL AND card_last4 IS NULL)));
