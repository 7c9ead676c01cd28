-- Triggers of several tables share a name, by which alone they can be checked. Of those tables only the one is lost
-- whose rows can't be put right, not those that much else depends on.
-- gap: entries
CREATE TABLE events (id serial PRIMARY KEY, title text NOT NULL, starts_at timestamptz NOT NULL);
CREATE TABLE talks (id serial PRIMARY KEY, event_id integer NOT NULL REFERENCES events, title text NOT NULL, minutes integer NOT NULL);
CREATE TABLE speakers (id serial PRIMARY KEY, talk_id integer NOT NULL REFERENCES talks, name text NOT NULL);
CREATE TABLE entries (id serial PRIMARY KEY, event_id integer NOT NULL REFERENCES events, talk_id integer NOT NULL REFERENCES talks, starts_at timestamptz NOT NULL);
CREATE FUNCTION fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM entries n WHERE n.event_id = CASE TG_ARGV[0] WHEN 'event' THEN NEW.id ELSE NEW.event_id END
    AND md5(n.id::text) <> n.talk_id::text)
  THEN RAISE EXCEPTION 'the timetable doesn''t fit'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER fits AFTER UPDATE OF starts_at ON events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fits('event');
CREATE CONSTRAINT TRIGGER fits AFTER INSERT ON talks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fits('talk');
CREATE CONSTRAINT TRIGGER fits AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fits('entry');
