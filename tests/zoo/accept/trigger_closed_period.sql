-- Triggers that refuse rows because of what another table holds: a period that is closed, a lock, a freeze.
CREATE TABLE checkpoints (id serial PRIMARY KEY, end_date date NOT NULL, amount numeric NOT NULL);
CREATE TABLE ledger (id serial PRIMARY KEY, reference text, trans_date date NOT NULL DEFAULT CURRENT_DATE, approved boolean NOT NULL);
CREATE FUNCTION prevent_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_end date;
BEGIN
  SELECT max(end_date) INTO last_end FROM checkpoints;
  IF NEW.trans_date <= last_end THEN RAISE EXCEPTION 'entered into a closed period: %', NEW.trans_date; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER prevent_closed BEFORE INSERT ON ledger FOR EACH ROW EXECUTE FUNCTION prevent_closed();
CREATE TABLE freezes (id serial PRIMARY KEY, reason text NOT NULL, until timestamptz NOT NULL);
CREATE TABLE deployments (id serial PRIMARY KEY, version text NOT NULL, started_at timestamptz NOT NULL);
CREATE FUNCTION no_deployment_in_a_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM freezes WHERE until >= NEW.started_at) THEN RAISE EXCEPTION 'a freeze is on'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER no_deployment_in_a_freeze BEFORE INSERT ON deployments FOR EACH ROW EXECUTE FUNCTION no_deployment_in_a_freeze();
