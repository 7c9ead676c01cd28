-- Ranges as applications guard them, in further spellings.
-- server: 14
CREATE TABLE periods (id serial PRIMARY KEY, low integer NOT NULL, high integer NOT NULL, CHECK (NOT isempty(int4range(low, high))),
    a tstzrange NOT NULL CHECK (upper(a) = lower(a) + '01:00:00'::interval),
    b int4range NOT NULL CHECK (upper(b) - lower(b) = 1),
    c tstzrange NOT NULL CHECK (date_trunc('hour', lower(c)) = lower(c)),
    d tsrange NOT NULL CHECK (extract(epoch FROM upper(d) - lower(d)) / 60 IN (30, 60)),
    e daterange NOT NULL CHECK (lower(e) <= CURRENT_DATE AND (upper(e) IS NULL OR upper(e) > lower(e))),
    f numrange CHECK (lower(f) >= 0 AND upper(f) <= 1 AND upper_inc(f)),
    g daterange NOT NULL CHECK (lower_inf(g) OR upper_inf(g)),
    h int4multirange NOT NULL CHECK (NOT isempty(h)),
    i tstzrange NOT NULL CHECK (i <> 'empty' AND lower(i) < upper(i)),
    j daterange NOT NULL CHECK (j <@ daterange('2024-01-01', '2024-12-31', '[]') AND upper(j) - lower(j) >= 7));
