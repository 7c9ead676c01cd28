-- Text that is its own lower-case, trimmed form.
CREATE TABLE handles (id serial PRIMARY KEY, handle text NOT NULL UNIQUE CHECK (handle = lower(trim(handle))), code text NOT NULL CHECK (code = upper(code)),
    host text NOT NULL CHECK (left(host, 4) = 'dns:'));
