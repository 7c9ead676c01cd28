-- Implications that lean on each other, with a sentinel date.
CREATE TABLE contracts (id serial PRIMARY KEY, state text NOT NULL CHECK (state IN ('draft', 'signed', 'ended')), signed_on date NOT NULL, ended_on date NOT NULL,
    CHECK (state <> 'draft' OR (signed_on = '0001-01-01' AND ended_on = '0001-01-01')),
    CHECK (state <> 'signed' OR (signed_on > '2000-01-01' AND ended_on = '0001-01-01')),
    CHECK (state <> 'ended' OR (signed_on > '2000-01-01' AND ended_on >= signed_on)));
