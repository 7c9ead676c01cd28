-- Names and types say what points where; no constraint does. Rows must not be lost by following them.
-- rows: regions=5
CREATE TABLE organizations (id bigserial PRIMARY KEY, name text NOT NULL, created_by bigint);
CREATE TABLE users (id bigserial PRIMARY KEY, organization_id bigint NOT NULL, email text NOT NULL UNIQUE, manager_id bigint);
CREATE TABLE user_settings (user_id bigint PRIMARY KEY, theme text NOT NULL);
CREATE TABLE folders (id uuid PRIMARY KEY, organization_id bigint NOT NULL, parent_id uuid, owner_id bigint NOT NULL);
CREATE TABLE documents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id bigint NOT NULL,
    folder_id uuid NOT NULL,
    author_id bigint NOT NULL CHECK (author_id > 0),
    created_by bigint NOT NULL,
    updated_by bigint,
    user_email text NOT NULL,
    UNIQUE (folder_id, author_id)
);
CREATE TABLE document_shares (document_id uuid, user_id bigint, PRIMARY KEY (document_id, user_id));
-- Two that need each other: neither can wait for the other.
CREATE TABLE chickens (id int PRIMARY KEY, egg_id int NOT NULL);
CREATE TABLE eggs (id int PRIMARY KEY, chicken_id int NOT NULL);
-- One key for all rows of a table with few parents: more rows than parents, so the name is not followed.
CREATE TABLE regions (id smallint PRIMARY KEY CHECK (id BETWEEN 1 AND 5), name text NOT NULL);
CREATE TABLE region_notes (region_id smallint PRIMARY KEY, note text);
