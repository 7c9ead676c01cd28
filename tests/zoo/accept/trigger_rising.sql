-- Triggers that want a value above all that the row's siblings before it have.
-- free: bids, fuel_logs
CREATE TABLE auctions (id serial PRIMARY KEY, title text NOT NULL, starting_cents bigint NOT NULL CHECK (starting_cents > 0), increment_cents bigint NOT NULL DEFAULT 100 CHECK (increment_cents > 0));
CREATE TABLE bids (id serial PRIMARY KEY, auction_id integer NOT NULL REFERENCES auctions, bidder text NOT NULL, amount_cents bigint NOT NULL CHECK (amount_cents > 0), max_cents bigint CHECK (max_cents >= amount_cents), UNIQUE (auction_id, amount_cents));
CREATE FUNCTION bid_higher() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE a auctions%ROWTYPE; hi bigint;
BEGIN
  SELECT * INTO a FROM auctions WHERE id = NEW.auction_id FOR UPDATE;
  SELECT max(amount_cents) INTO hi FROM bids WHERE auction_id = NEW.auction_id;
  IF NEW.amount_cents < COALESCE(hi + a.increment_cents, a.starting_cents) THEN RAISE EXCEPTION 'bid % is too low', NEW.amount_cents; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bid_higher BEFORE INSERT ON bids FOR EACH ROW EXECUTE FUNCTION bid_higher();
CREATE TABLE meters (id serial PRIMARY KEY, serial_no text NOT NULL UNIQUE);
CREATE TABLE readings (id serial PRIMARY KEY, meter_id integer NOT NULL REFERENCES meters, value numeric(12,3) NOT NULL CHECK (value >= 0), read_at timestamptz NOT NULL);
CREATE FUNCTION reading_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM readings r WHERE r.meter_id = NEW.meter_id AND r.value > NEW.value) THEN
    RAISE EXCEPTION 'meter % runs backwards', NEW.meter_id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reading_rises BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION reading_rises();
CREATE TABLE vehicles (id serial PRIMARY KEY, plate text NOT NULL);
CREATE TABLE fuel_logs (id serial PRIMARY KEY, vehicle_id integer NOT NULL REFERENCES vehicles, odometer integer NOT NULL, filled_on date NOT NULL, litres numeric(6,2) NOT NULL);
CREATE FUNCTION odometer_rises() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_km integer;
BEGIN
  SELECT f.odometer INTO last_km FROM fuel_logs f WHERE f.vehicle_id = NEW.vehicle_id ORDER BY f.odometer DESC LIMIT 1;
  IF last_km IS NOT NULL AND NEW.odometer <= last_km THEN RAISE EXCEPTION 'odometer must rise above %', last_km; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER odometer_rises BEFORE INSERT ON fuel_logs FOR EACH ROW EXECUTE FUNCTION odometer_rises();
CREATE TABLE documents (id serial PRIMARY KEY, title text NOT NULL);
CREATE TABLE revisions (document_id integer REFERENCES documents, revision integer, body text NOT NULL, PRIMARY KEY (document_id, revision));
CREATE FUNCTION revision_next() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last integer;
BEGIN
  SELECT COALESCE(MAX(revision), 0) INTO last FROM revisions WHERE document_id = NEW.document_id;
  IF NEW.revision <> last + 1 THEN RAISE EXCEPTION 'revision % follows %', NEW.revision, last; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revision_next BEFORE INSERT ON revisions FOR EACH ROW EXECUTE FUNCTION revision_next();
