-- A trigger makes some rows of a table, all of one kind, which a partial key guards; rows of the other kind stand beside
-- them, and only those may have children.
-- free: accounts
-- volatile: accounts
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL UNIQUE);
CREATE TABLE accounts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name varchar(255) NOT NULL,
    slug text UNIQUE,
    is_personal boolean NOT NULL DEFAULT false,
    CHECK ((is_personal AND slug IS NULL) OR (NOT is_personal AND slug IS NOT NULL))
);
CREATE UNIQUE INDEX one_personal_account ON accounts (owner_id) WHERE is_personal;
CREATE TABLE invitations (
    id serial PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    email varchar(255) NOT NULL,
    UNIQUE (email, account_id)
);
CREATE FUNCTION make_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.accounts (owner_id, name, is_personal) VALUES (NEW.id, NEW.email, true);
    RETURN NEW;
END $$;
CREATE TRIGGER users_have_accounts AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION make_account();
CREATE FUNCTION invitations_are_for_teams() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT is_personal FROM public.accounts WHERE id = NEW.account_id) THEN
        RAISE EXCEPTION 'account must be a team';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER teams_only BEFORE INSERT OR UPDATE ON invitations FOR EACH ROW EXECUTE FUNCTION invitations_are_for_teams();
