-- Both sides of a many-to-many are of one account, whose column is in neither key.
CREATE TABLE accounts (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE labels (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id integer NOT NULL REFERENCES accounts,
    name text NOT NULL,
    UNIQUE (account_id, name),
    UNIQUE (account_id, id)
);
CREATE TABLE tasks (
    id serial PRIMARY KEY,
    account_id integer NOT NULL REFERENCES accounts,
    title text NOT NULL,
    UNIQUE (account_id, id)
);
CREATE TABLE labelings (
    account_id integer NOT NULL,
    label_id bigint NOT NULL,
    task_id integer NOT NULL,
    PRIMARY KEY (label_id, task_id),
    FOREIGN KEY (account_id, label_id) REFERENCES labels (account_id, id),
    FOREIGN KEY (account_id, task_id) REFERENCES tasks (account_id, id)
);
