-- Triggers that read members of the row's document: a profile made from what a login says, a message unpacked into rows.
-- free: measurements, profiles
CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email text NOT NULL UNIQUE, raw_user_meta_data jsonb, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE profiles (id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE, full_name text NOT NULL, username text UNIQUE NOT NULL, avatar_url text);
CREATE FUNCTION handle_new_user() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO profiles (id, full_name, username, avatar_url)
  VALUES (NEW.id, NEW.raw_user_meta_data ->> 'full_name', NEW.raw_user_meta_data ->> 'user_name', NEW.raw_user_meta_data->>'avatar_url');
  RETURN NEW;
END $$;
CREATE TRIGGER on_auth_user_created AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION handle_new_user();
CREATE TABLE ingests (id serial PRIMARY KEY, payload jsonb NOT NULL);
CREATE TABLE measurements (id serial PRIMARY KEY, ingest_id integer NOT NULL REFERENCES ingests, sensor text NOT NULL, value numeric NOT NULL, taken_at timestamptz NOT NULL);
CREATE FUNCTION unpack() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.payload->'data'->>'sensor' IS NULL THEN RAISE EXCEPTION 'no sensor'; END IF;
  INSERT INTO measurements (ingest_id, sensor, value, taken_at)
  VALUES (NEW.id, NEW.payload->'data'->>'sensor', (NEW.payload->'data'->>'value')::numeric, (NEW.payload->'data'->>'taken_at')::timestamptz);
  RETURN NEW;
END $$;
CREATE TRIGGER unpack AFTER INSERT ON ingests FOR EACH ROW EXECUTE FUNCTION unpack();
