-- Tasks are given to members of their own workspace; a trigger sees to it, and the key holds the two parents alone.
CREATE TABLE workspaces (id serial PRIMARY KEY, region text NOT NULL UNIQUE CHECK (region IN ('north', 'south', 'west')));
CREATE TABLE tasks (id serial PRIMARY KEY, workspace_id integer NOT NULL REFERENCES workspaces, title text NOT NULL);
CREATE TABLE members (id bigserial PRIMARY KEY, workspace_id integer NOT NULL REFERENCES workspaces, nick text NOT NULL);
CREATE TABLE assignments (
    task_id integer NOT NULL REFERENCES tasks, member_id bigint NOT NULL REFERENCES members, PRIMARY KEY (task_id, member_id)
);
CREATE FUNCTION same_workspace() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF (SELECT workspace_id FROM tasks WHERE id = NEW.task_id) <> (SELECT workspace_id FROM members WHERE id = NEW.member_id) THEN
        RAISE EXCEPTION 'the member is of another workspace';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER same_workspace BEFORE INSERT OR UPDATE ON assignments FOR EACH ROW EXECUTE FUNCTION same_workspace();
-- rows: workspaces=3
