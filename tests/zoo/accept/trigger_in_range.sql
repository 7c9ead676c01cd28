-- Triggers that want a row's moments within a range that its parent holds, or is generated with.
CREATE TABLE stays (id serial PRIMARY KEY, arrived_at timestamptz NOT NULL, left_at timestamptz, during tstzrange GENERATED ALWAYS AS (tstzrange(arrived_at, left_at)) STORED, CHECK (left_at > arrived_at));
CREATE TABLE measurements (id serial PRIMARY KEY, stay_id integer NOT NULL REFERENCES stays, taken_at timestamptz NOT NULL, pulse integer NOT NULL);
CREATE FUNCTION within_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM stays s WHERE s.id = NEW.stay_id AND NEW.taken_at <@ s.during) THEN RAISE EXCEPTION 'outside the stay'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER within_stay BEFORE INSERT ON measurements FOR EACH ROW EXECUTE FUNCTION within_stay();
CREATE TABLE seasons (id serial PRIMARY KEY, name text NOT NULL, span daterange NOT NULL CHECK (NOT isempty(span) AND NOT lower_inf(span) AND NOT upper_inf(span)));
CREATE TABLE matches (id serial PRIMARY KEY, season_id integer NOT NULL REFERENCES seasons, played_on date NOT NULL, score text);
CREATE FUNCTION in_season() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE s seasons;
BEGIN
  SELECT * INTO s FROM seasons WHERE id = NEW.season_id;
  IF NOT (s.span @> NEW.played_on) THEN RAISE EXCEPTION 'out of season'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER in_season BEFORE INSERT ON matches FOR EACH ROW EXECUTE FUNCTION in_season();
CREATE TABLE contracts (id serial PRIMARY KEY, party text NOT NULL, valid daterange NOT NULL);
CREATE TABLE rates (id serial PRIMARY KEY, contract_id integer NOT NULL REFERENCES contracts, applies daterange NOT NULL, price numeric(10,2) NOT NULL);
CREATE FUNCTION in_contract() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v daterange;
BEGIN
  SELECT valid INTO v FROM contracts WHERE id = NEW.contract_id;
  IF NOT NEW.applies <@ v THEN RAISE EXCEPTION 'rate outside its contract'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER in_contract BEFORE INSERT ON rates FOR EACH ROW EXECUTE FUNCTION in_contract();
