-- Whoever makes a workspace becomes its owner by a trigger, and it has one owner: the other members are no owners.
-- free: members
CREATE TYPE member_role AS ENUM ('owner', 'admin', 'guest');
CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, full_name text NOT NULL);
CREATE TABLE workspaces (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    made_by bigint NOT NULL REFERENCES people
);
CREATE TABLE members (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    person_id bigint NOT NULL REFERENCES people,
    role member_role NOT NULL DEFAULT 'guest'
);
CREATE UNIQUE INDEX one_owner ON members (workspace_id) WHERE role = 'owner';
CREATE TABLE tasks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint NOT NULL REFERENCES workspaces,
    title text NOT NULL
);
CREATE TABLE guest_passes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id bigint NOT NULL REFERENCES members,
    code text NOT NULL UNIQUE
);
CREATE FUNCTION own_workspace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.members (workspace_id, person_id, role) VALUES (NEW.id, NEW.made_by, 'owner');
    RETURN NULL;
END $$;
CREATE TRIGGER workspaces_are_owned AFTER INSERT ON workspaces FOR EACH ROW EXECUTE FUNCTION own_workspace();
CREATE FUNCTION passes_are_for_guests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.members m WHERE m.id = NEW.member_id AND m.role = 'guest') THEN
        RAISE EXCEPTION 'member % is no guest', NEW.member_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guests_only BEFORE INSERT ON guest_passes FOR EACH ROW EXECUTE FUNCTION passes_are_for_guests();
