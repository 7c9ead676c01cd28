-- Regular expressions as people write them.
CREATE TABLE formats (id serial PRIMARY KEY,
    slug text NOT NULL CHECK (slug ~ '^[a-z0-9]+(?:-[a-z0-9]+)*$'),
    color text NOT NULL CHECK (color ~* '^#([0-9a-f]{3}|[0-9a-f]{6})$'),
    hour text NOT NULL CHECK (hour ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    ip text NOT NULL CHECK (ip ~ '^\d{1,3}(\.\d{1,3}){3}$'),
    iban text NOT NULL CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    ver text NOT NULL CHECK (ver ~ '^v?\d+\.\d+(\.\d+)?(-(alpha|beta|rc)\.\d+)?$'),
    ident text NOT NULL CHECK (ident ~ '^[[:alpha:]_][[:alnum:]_]{0,30}$'),
    noslash text NOT NULL CHECK (noslash !~ '[/\\]'),
    url text NOT NULL CHECK (url ~ '^https?://[^\s/$.?#].[^\s]*$'),
    uuid text NOT NULL CHECK (uuid ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'),
    words text NOT NULL CHECK (words ~ '^\w+( \w+){1,3}$'));
