-- Patterns, lengths and moments that a trigger asks for, one test after the other.
CREATE TABLE pages (id serial PRIMARY KEY, slug text NOT NULL UNIQUE, title text, published_at timestamptz);
CREATE FUNCTION well_formed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- IF NEW.slug = '' THEN RAISE EXCEPTION 'never reached'; END IF;
    IF NEW.slug !~ '^[a-z0-9-]+$' THEN
        RAISE EXCEPTION 'invalid slug %', NEW.slug;
    ELSIF length(NEW.title) > 40 THEN
        RAISE EXCEPTION 'title too long';
    END IF;
    IF NEW.published_at > now() THEN RAISE EXCEPTION USING MESSAGE = 'published in the future'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER well_formed BEFORE INSERT ON pages FOR EACH ROW EXECUTE FUNCTION well_formed();
