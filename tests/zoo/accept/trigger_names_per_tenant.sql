-- A schema a tenant, with the same tables and functions: each tenant's trigger counts in the tenant's own table.
-- free: totals
CREATE SCHEMA tenant_a;
CREATE SCHEMA tenant_b;
CREATE FUNCTION public.count_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO totals (kind, place) VALUES (NEW.kind, NEW.place); RETURN NEW; END $$;
CREATE TABLE tenant_a.totals (id bigserial PRIMARY KEY, kind text NOT NULL, place text NOT NULL CHECK (place = 'a'));
CREATE TABLE tenant_a.events (id bigserial PRIMARY KEY, kind text NOT NULL, place text NOT NULL CHECK (place = 'a'));
CREATE TABLE tenant_b.totals (id bigserial PRIMARY KEY, kind text NOT NULL, place text NOT NULL CHECK (place = 'b'));
CREATE TABLE tenant_b.events (id bigserial PRIMARY KEY, kind text NOT NULL, place text NOT NULL CHECK (place = 'b'));
CREATE TRIGGER counted BEFORE INSERT ON tenant_a.events FOR EACH ROW EXECUTE FUNCTION public.count_event();
CREATE TRIGGER counted BEFORE INSERT ON tenant_b.events FOR EACH ROW EXECUTE FUNCTION public.count_event();
