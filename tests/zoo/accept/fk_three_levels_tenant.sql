-- Three levels that all carry the tenant.
CREATE TABLE orgs (id uuid PRIMARY KEY);
CREATE TABLE projects (org uuid NOT NULL REFERENCES orgs, id uuid, PRIMARY KEY (org, id));
CREATE TABLE boards (org uuid NOT NULL, project uuid NOT NULL, id uuid, PRIMARY KEY (org, project, id), FOREIGN KEY (org, project) REFERENCES projects);
CREATE TABLE cards (org uuid NOT NULL, project uuid NOT NULL, board uuid NOT NULL, id uuid, owner_project uuid, PRIMARY KEY (org, id),
    FOREIGN KEY (org, project, board) REFERENCES boards, FOREIGN KEY (org, owner_project) REFERENCES projects);
