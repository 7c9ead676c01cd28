-- What a column says stands in the document too.
CREATE TABLE events (id serial PRIMARY KEY, type text NOT NULL CHECK (type IN ('made', 'sent')), amount integer NOT NULL,
    day date NOT NULL,
    doc jsonb NOT NULL CHECK (doc ->> 'type' = type AND doc ? 'type'),
    total jsonb NOT NULL CHECK ((total ->> 'amount')::int = amount AND jsonb_typeof(total -> 'amount') = 'number'),
    due jsonb NOT NULL CHECK ((due ->> 'day')::date = day),
    span jsonb NOT NULL CHECK ((span ->> 'min')::int <= (span ->> 'max')::int AND (span ->> 'min')::int >= 0),
    capped jsonb NOT NULL CHECK ((capped ->> 'used')::int <= amount));
