-- Visits are on weekdays, between eight and eight.
CREATE TABLE visits (id serial PRIMARY KEY, starts_at timestamp NOT NULL, ends_at timestamp NOT NULL, CHECK (ends_at > starts_at));
CREATE FUNCTION opened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF extract(dow FROM NEW.starts_at) IN (0, 6) THEN RAISE EXCEPTION 'closed at weekends'; END IF;
    IF NEW.starts_at::time < time '08:00' OR NEW.ends_at::time > time '20:00' THEN
        RAISE EXCEPTION 'outside opening hours';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opened BEFORE INSERT OR UPDATE ON visits FOR EACH ROW EXECUTE FUNCTION opened();
