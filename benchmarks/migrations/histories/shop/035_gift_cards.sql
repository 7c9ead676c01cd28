BEGIN;
CREATE TABLE gift_cards (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code char(14) NOT NULL UNIQUE CHECK (code ~ '^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$'),
    initial_amount numeric(8, 2) NOT NULL CHECK (initial_amount IN (10, 25, 50, 100)),
    balance numeric(8, 2) NOT NULL,
    state text NOT NULL DEFAULT 'issued',
    issued_at timestamptz NOT NULL DEFAULT now(),
    redeemed_at timestamptz,
    redeemed_by integer REFERENCES customers,
    CHECK (balance BETWEEN 0 AND initial_amount),
    CONSTRAINT gift_cards_state CHECK (
        (state = 'issued' AND redeemed_at IS NULL AND redeemed_by IS NULL)
        OR (state = 'redeemed' AND redeemed_at >= issued_at AND redeemed_by IS NOT NULL)
        OR (state = 'expired' AND redeemed_at IS NULL)
    )
);
COMMIT;
