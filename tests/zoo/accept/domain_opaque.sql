-- Domains whose CHECKs can't be read: a pattern around the value, a function of the user's, one over a domain with another.
CREATE DOMAIN relative_path AS text CHECK ((('/'::text || VALUE) || '/'::text) !~ '[\n\r\s\t\?#]|(/\.{0,2}/)');
CREATE FUNCTION is_handle(x text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN RETURN x = lower(x) AND array_length(string_to_array(x, '_'), 1) = 2; END $$;
CREATE DOMAIN handle AS varchar(40) CHECK (is_handle(VALUE::text));
CREATE DOMAIN long_handle AS handle NOT NULL CHECK (reverse(VALUE) <> VALUE AND length(VALUE) > 6);
CREATE TABLE shelves (id serial PRIMARY KEY, base_path relative_path NOT NULL UNIQUE, owner handle, keeper long_handle UNIQUE,
  note text NOT NULL CHECK (note <> 'VALUE'));
