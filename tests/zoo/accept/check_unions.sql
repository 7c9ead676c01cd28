-- Discriminated unions, also two that interlock, and sentinels.
CREATE TABLE payments (id serial PRIMARY KEY, kind text NOT NULL, card text, iban text, CHECK (CASE WHEN kind = 'card' THEN card IS NOT NULL AND iban IS NULL WHEN kind = 'bank' THEN iban IS NOT NULL AND card IS NULL ELSE false END));
CREATE TABLE jobs (id serial PRIMARY KEY, status text NOT NULL CHECK (status IN ('new', 'running', 'done')), mode text NOT NULL CHECK (mode IN ('auto', 'manual')), started timestamptz, ended timestamptz, actor text,
    CHECK ((status = 'new' AND started IS NULL AND ended IS NULL) OR (status = 'running' AND started IS NOT NULL AND ended IS NULL) OR (status = 'done' AND started IS NOT NULL AND ended > started)),
    CHECK ((mode = 'auto' AND actor IS NULL) OR (mode = 'manual' AND actor IS NOT NULL AND status <> 'new')));
CREATE TABLE terms (id serial PRIMARY KEY, effective date NOT NULL, expires date NOT NULL DEFAULT '0001-01-01', CHECK (expires = '0001-01-01' OR expires > effective));
CREATE TABLE flags (id serial PRIMARY KEY, active boolean NOT NULL DEFAULT true, archived boolean NOT NULL DEFAULT false, primary_one boolean, CHECK (NOT (active AND archived)), CHECK (NOT primary_one OR active));
CREATE TABLE closings (id serial PRIMARY KEY, state smallint NOT NULL DEFAULT 0, closed date NOT NULL, reason text, CHECK (state <> 2 OR (closed > '0001-01-01' AND reason IS NOT NULL)), CHECK (state IN (0, 1, 2)), CHECK (state = 2 OR closed = '0001-01-01'));
