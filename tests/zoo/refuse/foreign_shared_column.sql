-- Two parents that must agree on the tenant, and can't.
-- unsatisfiable: links = links_left_fkey, links_right_fkey, lefts_one of public.lefts, rights_two of public.rights, links.tenant NOT NULL, links.left_id NOT NULL, links.right_id NOT NULL
-- fills: lefts, rights
CREATE TABLE lefts (tenant integer NOT NULL CONSTRAINT lefts_one CHECK (tenant = 1), id serial, PRIMARY KEY (tenant, id));
CREATE TABLE rights (tenant integer NOT NULL CONSTRAINT rights_two CHECK (tenant = 2), id serial, PRIMARY KEY (tenant, id));
CREATE TABLE links (
    id serial PRIMARY KEY,
    tenant integer NOT NULL,
    left_id integer NOT NULL,
    right_id integer NOT NULL,
    CONSTRAINT links_left_fkey FOREIGN KEY (tenant, left_id) REFERENCES lefts,
    CONSTRAINT links_right_fkey FOREIGN KEY (tenant, right_id) REFERENCES rights
);
