-- Two discriminated unions that share a column.
CREATE TABLE shipments (id serial PRIMARY KEY, kind text NOT NULL, state text NOT NULL, weight integer, url text, sent_at timestamptz,
    CHECK ((kind = 'parcel' AND weight > 0 AND url IS NULL) OR (kind = 'download' AND weight IS NULL AND url IS NOT NULL)),
    CHECK ((state = 'new' AND sent_at IS NULL) OR (state = 'sent' AND sent_at IS NOT NULL AND (kind <> 'parcel' OR weight < 1000))));
