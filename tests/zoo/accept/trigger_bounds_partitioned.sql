-- Rows of partitioned tables that a trigger wants within their parents, whose stretch of time decides on the partition.
CREATE TABLE voyages (id serial PRIMARY KEY, ship text NOT NULL, departed_at timestamptz NOT NULL, arrived_at timestamptz NOT NULL, CHECK (arrived_at > departed_at));
CREATE TABLE soundings (id bigserial, voyage_id integer NOT NULL REFERENCES voyages, taken_at timestamptz NOT NULL, depth_m numeric(7,2) NOT NULL CHECK (depth_m > 0), method text NOT NULL CHECK (method IN ('lead','sonar')), PRIMARY KEY (id, taken_at)) PARTITION BY RANGE (taken_at);
CREATE TABLE soundings_old PARTITION OF soundings FOR VALUES FROM (MINVALUE) TO ('2025-01-01');
CREATE TABLE soundings_2025 PARTITION OF soundings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE soundings_2026 PARTITION OF soundings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE soundings_new PARTITION OF soundings FOR VALUES FROM ('2027-01-01') TO (MAXVALUE);
CREATE FUNCTION at_sea() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v voyages;
BEGIN
  SELECT * INTO v FROM voyages WHERE id = NEW.voyage_id;
  IF NEW.taken_at NOT BETWEEN v.departed_at AND v.arrived_at THEN RAISE EXCEPTION 'the ship was in port'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER at_sea BEFORE INSERT ON soundings FOR EACH ROW EXECUTE FUNCTION at_sea();
CREATE TABLE budgets (id serial PRIMARY KEY, title text NOT NULL, first_day date NOT NULL, last_day date NOT NULL, CHECK (last_day >= first_day));
CREATE TABLE expenses (id bigserial, budget_id integer NOT NULL REFERENCES budgets, spent_on date NOT NULL, amount numeric(10,2) NOT NULL CHECK (amount > 0), PRIMARY KEY (id, spent_on)) PARTITION BY RANGE (spent_on);
CREATE TABLE expenses_until_2026 PARTITION OF expenses FOR VALUES FROM ('2015-01-01') TO ('2026-01-01');
CREATE TABLE expenses_2026_h1 PARTITION OF expenses FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE TABLE expenses_2026_h2 PARTITION OF expenses FOR VALUES FROM ('2026-07-01') TO ('2031-01-01');
CREATE FUNCTION in_budget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.spent_on < (SELECT first_day FROM budgets WHERE id = NEW.budget_id) OR NEW.spent_on > (SELECT last_day FROM budgets WHERE id = NEW.budget_id) THEN RAISE EXCEPTION 'not in this budget'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER in_budget BEFORE INSERT ON expenses FOR EACH ROW EXECUTE FUNCTION in_budget();
