-- An application's billing: invoices numbered by account, totals kept by triggers, lines frozen once issued, credits within what was paid.
-- free: ledger_entries
-- volatile: ledger_entries, accounts, plans, subscriptions, invoices, invoice_lines, payments, credit_notes
CREATE TYPE invoice_status AS ENUM ('draft', 'open', 'paid', 'void');
CREATE TABLE accounts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL CHECK (btrim(name) <> ''), currency char(3) NOT NULL DEFAULT 'EUR' CHECK (currency ~ '^[A-Z]{3}$'),
    billing_email text NOT NULL, balance_cents bigint NOT NULL DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz
);
CREATE UNIQUE INDEX accounts_email ON accounts (lower(billing_email)) WHERE deleted_at IS NULL;
CREATE TABLE plans (
    id serial PRIMARY KEY, code text NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9_]{2,30}$'), "interval" text NOT NULL CHECK ("interval" IN ('month', 'year')),
    amount_cents integer NOT NULL CHECK (amount_cents >= 0), trial_days integer NOT NULL DEFAULT 0 CHECK (trial_days BETWEEN 0 AND 90), CHECK (amount_cents > 0 OR trial_days = 0)
);
CREATE TABLE subscriptions (
    id bigserial PRIMARY KEY, account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE, plan_id integer NOT NULL REFERENCES plans,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('trialing', 'active', 'past_due', 'canceled')), started_at timestamptz NOT NULL, canceled_at timestamptz,
    quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0), CHECK ((status = 'canceled') = (canceled_at IS NOT NULL)), CHECK (canceled_at IS NULL OR canceled_at >= started_at), UNIQUE (account_id, id)
);
CREATE UNIQUE INDEX one_live_subscription ON subscriptions (account_id, plan_id) WHERE status <> 'canceled';
CREATE TABLE invoices (
    id bigserial PRIMARY KEY, account_id uuid NOT NULL REFERENCES accounts, subscription_id bigint, number integer NOT NULL CHECK (number > 0), status invoice_status NOT NULL DEFAULT 'draft',
    period tstzrange NOT NULL CHECK (NOT isempty(period) AND lower(period) IS NOT NULL), issued_at timestamptz, total_cents bigint NOT NULL DEFAULT 0 CHECK (total_cents >= 0),
    UNIQUE (account_id, number), UNIQUE (account_id, id), FOREIGN KEY (account_id, subscription_id) REFERENCES subscriptions (account_id, id),
    CHECK ((status = 'draft') = (issued_at IS NULL))
);
CREATE TABLE invoice_lines (
    invoice_id bigint NOT NULL REFERENCES invoices ON DELETE CASCADE, position smallint NOT NULL CHECK (position >= 1), description text NOT NULL, quantity numeric(10, 3) NOT NULL CHECK (quantity > 0),
    unit_cents integer NOT NULL CHECK (unit_cents BETWEEN 0 AND 1000000), amount_cents bigint GENERATED ALWAYS AS (round(quantity * unit_cents)) STORED, PRIMARY KEY (invoice_id, position)
);
CREATE TABLE payments (
    id bigserial PRIMARY KEY, account_id uuid NOT NULL, invoice_id bigint NOT NULL, amount_cents bigint NOT NULL CHECK (amount_cents > 0), method text NOT NULL CHECK (method IN ('card', 'sepa', 'transfer')),
    card_last4 char(4) CHECK (card_last4 ~ '^[0-9]{4}$'), iban text, paid_at timestamptz NOT NULL DEFAULT now(), idempotency_key uuid NOT NULL UNIQUE,
    FOREIGN KEY (account_id, invoice_id) REFERENCES invoices (account_id, id), CHECK ((method = 'card') = (card_last4 IS NOT NULL)), CHECK (method <> 'sepa' OR iban IS NOT NULL)
);
CREATE TABLE credit_notes (id bigserial PRIMARY KEY, invoice_id bigint NOT NULL UNIQUE REFERENCES invoices, amount_cents bigint NOT NULL CHECK (amount_cents > 0), reason text NOT NULL);
CREATE TABLE ledger_entries (id bigserial PRIMARY KEY, account_id uuid NOT NULL REFERENCES accounts, source text NOT NULL, source_id bigint NOT NULL, cents bigint NOT NULL CHECK (cents <> 0), at timestamptz NOT NULL DEFAULT now(), UNIQUE (source, source_id));
CREATE FUNCTION keep_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE invoices SET total_cents = total_cents + coalesce(NEW.amount_cents, 0) WHERE id = NEW.invoice_id;
  RETURN NULL;
END $$;
CREATE TRIGGER lines_total AFTER INSERT ON invoice_lines FOR EACH ROW EXECUTE FUNCTION keep_total();
CREATE FUNCTION refuse_void() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT status FROM invoices WHERE id = NEW.invoice_id) = 'void' THEN RAISE EXCEPTION 'invoice % is void', NEW.invoice_id; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_not_void BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION refuse_void();
CREATE FUNCTION post_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_entries (account_id, source, source_id, cents) VALUES (NEW.account_id, 'payment', NEW.id, NEW.amount_cents);
  UPDATE accounts SET balance_cents = balance_cents + NEW.amount_cents WHERE id = NEW.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER payments_ledger AFTER INSERT ON payments FOR EACH ROW EXECUTE FUNCTION post_payment();
