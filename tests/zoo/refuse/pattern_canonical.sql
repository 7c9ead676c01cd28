-- A name in small letters that must begin with a capital one.
-- unsatisfiable: handles = handles_lower, handles_capital, handles.handle NOT NULL
CREATE TABLE handles (
    id serial PRIMARY KEY,
    handle text NOT NULL,
    CONSTRAINT handles_lower CHECK (handle = lower(handle)),
    CONSTRAINT handles_capital CHECK (handle ~ '^[A-Z]')
);
