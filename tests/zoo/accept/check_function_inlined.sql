-- CHECKs that call functions of the user's: what these return can be read in their place.
CREATE FUNCTION is_valid_slug(slug text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN slug IS NOT NULL AND slug <> '' AND length(slug) <= 128 AND slug ~ '^[a-zA-Z_][a-zA-Z0-9_]*$' AND slug NOT IN ('run'); -- reserved
END $$;
CREATE FUNCTION is_email(value text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT value ~ '^[a-z0-9._]+@[a-z0-9-]+\.[a-z]{2,4}$' $$;
CREATE DOMAIN contact AS text CHECK (is_email(VALUE));
CREATE TABLE flows (slug text PRIMARY KEY CHECK (is_valid_slug(slug)), owner contact NOT NULL, backup contact);
CREATE TABLE steps (
    flow text NOT NULL REFERENCES flows, slug text NOT NULL CHECK (is_valid_slug(slug)),
    attempts integer CHECK (attempts > 0), PRIMARY KEY (flow, slug)
);
