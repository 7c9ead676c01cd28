-- A trigger that wants to be told a secret: no value that can be thought of will do.
-- gap: keys
CREATE TABLE keys (id serial PRIMARY KEY, label text NOT NULL);
CREATE TABLE doors (id serial PRIMARY KEY, label text NOT NULL);
CREATE FUNCTION ask() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF md5(coalesce(current_setting('app.secret', true), '')) <> '5ebe2294ecd0e0f08eab7690d2a6ee69' THEN
        RAISE EXCEPTION 'not for you';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ask BEFORE INSERT ON keys FOR EACH ROW EXECUTE FUNCTION ask();
