-- A chain of sixty tables.
DO $$ BEGIN
    CREATE TABLE step_00 (id serial PRIMARY KEY, name text NOT NULL);
    FOR n IN 1..59 LOOP
        EXECUTE format('CREATE TABLE step_%s (id serial PRIMARY KEY, prior integer NOT NULL REFERENCES step_%s)',
            lpad(n::text, 2, '0'), lpad((n - 1)::text, 2, '0'));
    END LOOP;
END $$;
