-- Functions demand parents of kinds that few rows of any trade are of: every value that a list has is there to be found.
CREATE TYPE client_kind AS ENUM ('native', 'single_page', 'machine', 'desktop', 'kiosk', 'fax');
CREATE TABLE clients (
    id text PRIMARY KEY,
    name text NOT NULL,
    kind client_kind NOT NULL,
    secret text NOT NULL
);
CREATE FUNCTION is_kind(client text, VARIADIC wanted client_kind[]) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT kind FROM public.clients WHERE id = client) = ANY(wanted);
END $$;
CREATE TABLE fax_lines (
    id serial PRIMARY KEY,
    client_id text NOT NULL REFERENCES clients ON DELETE CASCADE CHECK (is_kind(client_id, 'fax')),
    number text NOT NULL
);
CREATE TABLE kiosk_places (
    id serial PRIMARY KEY,
    client_id text NOT NULL REFERENCES clients CHECK (is_kind(client_id, 'kiosk', 'fax')),
    place text NOT NULL
);
