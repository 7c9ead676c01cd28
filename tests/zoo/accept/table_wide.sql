-- Three hundred columns.
DO $$ BEGIN EXECUTE 'CREATE TABLE survey (id serial PRIMARY KEY, '
    || (SELECT string_agg(format('q%s %s NOT NULL', n, (ARRAY['integer', 'text', 'boolean', 'date'])[1 + n % 4]), ', ')
        FROM generate_series(1, 300) AS n) || ')'; END $$;
