-- Rows must be of the tenant that the session is of, and nobody said which: all are of one.
CREATE TABLE tenants (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE staff (id serial PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenants, full_name text NOT NULL);
CREATE TABLE shifts (
    id serial PRIMARY KEY,
    tenant_id int NOT NULL REFERENCES tenants,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at)
);
CREATE FUNCTION same_tenant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tenant_id IS DISTINCT FROM current_setting('app.current_tenant')::int THEN
        RAISE EXCEPTION 'row of tenant % in a session of another', NEW.tenant_id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER same_tenant BEFORE INSERT OR UPDATE ON shifts FOR EACH ROW EXECUTE FUNCTION same_tenant();
